using AmfmSite.Storage.Sealing;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>A remark of staff on a request, sealed. Append-only: a second remark corrects the first.</summary>
public sealed class RequestNote
{
    public const int TextLength = 2000;

    private byte[] _text = [];

    private RequestNote() { }

    internal RequestNote(Guid requestId, string text, Guid staffId, Vault vault, DateTime now)
    {
        Id = Guid.CreateVersion7(new DateTimeOffset(now, TimeSpan.Zero));
        (RequestId, StaffId, At) = (requestId, staffId, now);
        _text = vault.Seal(SealedField.StaffNote, Id, text).Cipher;
    }

    public Guid Id { get; private set; }
    public Guid RequestId { get; private set; }
    public Guid StaffId { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; private set; }

    public Sealed Text => new(_text, SealedField.StaffNote, Id);
}
