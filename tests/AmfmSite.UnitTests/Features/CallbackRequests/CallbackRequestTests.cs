using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Desk;
using AmfmSite.Storage.Sealing;

namespace AmfmSite.UnitTests.Features.CallbackRequests;

public sealed class CallbackRequestTests : IDisposable
{
    private static readonly DateTime Now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);
    private static readonly Guid One = Guid.NewGuid(), Two = Guid.NewGuid();
    private readonly string _keys = Directory.CreateTempSubdirectory("amfmsite-unit-").FullName;

    [Fact]
    public void Close_Unclaimed_IsRefused() =>
        Assert.Throws<RequestRuleException>(() => NewRequest().Close(RequestOutcome.Declined, One, Now));

    [Fact]
    public void Close_AfterTheClaimRanOut_IsRefused()
    {
        var request = NewRequest();
        request.Claim(One, Now);
        Assert.Throws<RequestRuleException>(() => request.Close(RequestOutcome.Declined, One, Now + CallbackRequest.ClaimTime));
    }

    [Fact]
    public void Claim_HeldByAnother_IsRefusedUntilItRunsOut()
    {
        var request = NewRequest();
        request.Claim(One, Now);
        Assert.Throws<RequestRuleException>(() => request.Claim(Two, Now.AddMinutes(14)));
        request.Claim(Two, Now + CallbackRequest.ClaimTime);
        Assert.True(request.IsClaimedBy(Two, Now + CallbackRequest.ClaimTime));
        Assert.Equal(RequestState.New, request.Status);
    }

    [Fact]
    public void Open_ByItsHolder_ExtendsTheClaim()
    {
        var request = NewRequest();
        request.Claim(One, Now);
        request.Open(One, Now.AddMinutes(10));
        Assert.True(request.IsClaimedBy(One, Now.AddMinutes(24)));
        request.Open(Two, Now.AddMinutes(20));
        Assert.False(request.IsClaimedBy(One, Now.AddMinutes(26)));
    }

    [Fact]
    public void Close_Claimed_ClearsRepeatKeyAndClaimAndCannotBeRepeated()
    {
        var request = NewRequest();
        request.Claim(One, Now);
        request.Close(RequestOutcome.Admitting, One, Now);
        Assert.Null(request.RepeatKey);
        Assert.Null(request.ClaimedById);
        Assert.Throws<RequestRuleException>(() => request.Close(RequestOutcome.Spam, One, Now));
        Assert.Throws<RequestRuleException>(() => request.Claim(One, Now));
    }

    [Fact]
    public void ToString_OfSealedAndOpened_ShowsNothing()
    {
        var vault = new Vault(new RequestKeyRing(new KeyDirectory(_keys), KeyCertificates.None));
        var request = NewRequest();
        Assert.Equal("[sealed]", $"{request.Name}");
        Assert.Equal("[opened]", $"{vault.Open(request.Name)}");
    }

    [Fact]
    public void Open_WithoutTheKeys_CannotBeRead()
    {
        var request = NewRequest();
        var elsewhere = Directory.CreateTempSubdirectory("amfmsite-unit-").FullName;
        Assert.True(new Vault(new RequestKeyRing(new KeyDirectory(elsewhere), KeyCertificates.None)).Open(request.Name).IsUnreadable);
        Directory.Delete(elsewhere, recursive: true);
    }

    [Fact]
    public void LookupKey_LoadedByManyAtOnce_IsOne()
    {
        var path = Path.Combine(_keys, "many.key");
        var hashes = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(0, 16, _ => hashes.Add(LookupKey.LoadOrCreate(path).Hash("phone", "x")));
        Assert.Single(hashes.Distinct());
    }

    public void Dispose() => Directory.Delete(_keys, recursive: true);

    private CallbackRequest NewRequest()
    {
        var form = new CallbackForm { For = "self", Adult = "yes", Name = "Robin", State = "CA", Phone = "415-555-0123", Consent = "yes" };
        return CallbackRequest.Submit(CallbackFormReader.Read(form, new DeskChannels(Voicemail: true, Text: true)), promised: null, readFirst: false, leadFirst: false, "/request-a-call", "key", quarantine: null,
            new Vault(new RequestKeyRing(new KeyDirectory(_keys), KeyCertificates.None)), LookupKey.LoadOrCreate(Path.Combine(_keys, "lookup.key")), Now);
    }
}
