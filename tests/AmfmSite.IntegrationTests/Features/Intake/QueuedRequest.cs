using AmfmSite.Features.CallbackRequests;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.Storage.Sealing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace AmfmSite.IntegrationTests.Features.Intake;

/// <summary>A request put straight into the database, so that a test can say when it was received and what was promised.</summary>
internal sealed record QueuedRequest
{
    public string Name { get; init; } = "Robin Queue";
    public string? Phone { get; init; } = "+14155550123";
    public string? Email { get; init; }
    public string? Place { get; init; }
    public bool ReadFirst { get; init; }
    public bool LeadFirst { get; init; }

    /// <summary>Before now.</summary>
    public TimeSpan Age { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>From now; null for no promise.</summary>
    public (TimeSpan From, TimeSpan Until)? Promised { get; init; }

    /// <summary>What the desk did with it.</summary>
    public Action<CallbackRequest, DateTime>? Work { get; init; }

    /// <returns>Its reference as it is shown.</returns>
    public async Task<string> AddAsync(SiteHost site) => Reference.Show((await AddAsync(site, [this]))[0].Reference);

    public static async Task<IReadOnlyList<CallbackRequest>> AddAsync(SiteHost site, IEnumerable<QueuedRequest> requests)
    {
        _ = site.Address;
        var now = (site.Clock ?? TimeProvider.System).GetUtcNow().UtcDateTime;
        var made = requests.Select(request => request.Make(site.Services, now)).ToList();
        await site.InDatabaseAsync(db =>
        {
            db.CallbackRequests.AddRange(made);
            return db.SaveChangesAsync();
        });
        return made;
    }

    private CallbackRequest Make(IServiceProvider services, DateTime now)
    {
        var answers = new CallbackAnswers
        {
            For = CallFor.Self,
            Name = Name,
            State = "CA",
            TimeZone = "America/Los_Angeles",
            Phone = Phone,
            Email = Email,
            SafeContact = new(),
            Day = CallDay.Soonest,
            Part = CallPart.Any,
            Details = new(),
            Place = Place,
        };
        Interval? promised = Promised is var (from, until) ? new(Instant.FromDateTimeUtc(now + from), Instant.FromDateTimeUtc(now + until)) : null;
        var request = CallbackRequest.Submit(
            answers, promised, ReadFirst, LeadFirst, "/request-a-call", Guid.NewGuid().ToString("N"), quarantine: null,
            services.GetRequiredService<Vault>(), services.GetRequiredService<LookupKey>(), now - Age);
        Work?.Invoke(request, now);
        return request;
    }
}
