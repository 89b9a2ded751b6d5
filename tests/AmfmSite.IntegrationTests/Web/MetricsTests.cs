using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;
using AmfmSite.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Web;

/// <summary>What is measured while people ask, and that its tags are of a fixed list.</summary>
public sealed class MetricsTests
{
    private static readonly HashSet<string> AllowedTags =
        ["quarantine=yes", "quarantine=no", "status=422", "status=429", "status=503", "outcome=sent", "outcome=postponed", "outcome=parked", "outcome=dropped"];

    [Fact]
    public async Task Posts_OfEachKind_AreCounted()
    {
        await using var site = new SiteHost { Clock = new() }.With("Intake:HardLimitPer10Minutes", "5");
        using var meter = new Recorder(site);
        using var client = site.NewClient();
        var same = new CallbackPost().With("Note", "wren@example.org was here");
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(same));
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(same));
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(new CallbackPost().With("Website", "x")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync(new CallbackPost().With("Name", "")));
        await site.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE CallbackRequests RENAME TO Gone"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(new CallbackPost()));
        await site.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Gone RENAME TO CallbackRequests"));
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(new CallbackPost()));
        Assert.Equal(HttpStatusCode.TooManyRequests, await PostAsync(new CallbackPost()));
        using (await client.GetAsync("/request-a-call")) { }

        Assert.Equal(2, meter.Sum("amfmsite.requests.stored", "quarantine=no"));
        Assert.Equal(1, meter.Sum("amfmsite.requests.stored", "quarantine=yes"));
        Assert.Equal(1, meter.Sum("amfmsite.requests.repeated"));
        foreach (var status in new[] { 422, 429, 503 }) Assert.Equal(1, meter.Sum("amfmsite.posts.refused", $"status={status}"));
        Assert.Equal(3, meter.Sum("amfmsite.posts.refused"));
        Assert.All(meter.Seen.SelectMany(seen => seen.Tags), tag => Assert.Contains(tag, AllowedTags));

        async Task<HttpStatusCode> PostAsync(CallbackPost post)
        {
            using var answer = await post.SendAsync(client);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Mails_SentPostponedParkedAndWhatWaits_AreMeasured()
    {
        await using var server = FaultyMailServer.Start();
        var clock = new SettableClock();
        await using var site = new SiteHost { Clock = clock }
            .With("Mail:Transport", "Smtp").With("Mail:Host", "127.0.0.1").With("Mail:Security", "None").With("Mail:Port", server.Port.ToString(CultureInfo.InvariantCulture))
            .With("Mail:From", "site@example.org").With("Mail:AdmissionsTo", "admissions@example.org").With("Intake:ReminderMinutes", "0");
        using var meter = new Recorder(site);
        using var client = site.NewClient();
        server.Answers["MAIL"] = "451 Later, please";
        using (await new CallbackPost().SendAsync(client)) { }
        await UntilAsync(() => meter.Sum("amfmsite.mails", "outcome=postponed") == 1);
        Assert.DoesNotContain(meter.Seen, seen => seen.Name == "amfmsite.mail.delay");

        server.Answers.Clear();
        server.Answers["."] = "554 Not this one";
        clock.Advance(TimeSpan.FromSeconds(20));
        await UntilAsync(() => meter.Sum("amfmsite.mails", "outcome=parked") == 1);
        server.Answers.Clear();
        using (await new CallbackPost().With("Name", "Robin Second").SendAsync(client)) { }
        await UntilAsync(() => meter.Sum("amfmsite.mails", "outcome=sent") == 1);
        Assert.InRange(meter.Seen.Single(seen => seen.Name == "amfmsite.mail.delay").Value, 0, 1);

        server.Answers["MAIL"] = "451 Later, please";
        using (await new CallbackPost().With("Name", "Robin Third").SendAsync(client)) { }
        await UntilAsync(() => meter.Sum("amfmsite.mails", "outcome=postponed") == 2);
        clock.Advance(TimeSpan.FromSeconds(100));
        await UntilAsync(() => meter.Gauge("amfmsite.outbox.oldest") == 100);
        Assert.Equal(1, meter.Gauge("amfmsite.outbox.waiting"));
        Assert.Equal(1, meter.Gauge("amfmsite.outbox.parked"));
        Assert.Equal(3, meter.Gauge("amfmsite.unopened.requests", "quarantine=no"));
        Assert.Equal(0, meter.Gauge("amfmsite.unopened.requests", "quarantine=yes"));
        Assert.Equal(120, meter.Gauge("amfmsite.unopened.oldest", "quarantine=no"));
        Assert.Equal(["s", "{attempt}", "{message}", "{post}", "{request}"], meter.Units.Order(StringComparer.Ordinal));
        Assert.All(meter.Seen.SelectMany(seen => seen.Tags), tag => Assert.Contains(tag, AllowedTags));
    }

    [Fact]
    public async Task Documentation_ListsEveryInstrument()
    {
        await using var site = new SiteHost();
        using var meter = new Recorder(site);
        var text = await File.ReadAllTextAsync(Path.Combine(SiteProcess.RepositoryDirectory(), "docs", "operations.md"));
        Assert.NotEmpty(meter.Names);
        Assert.All(meter.Names, name => Assert.Contains($"`{name}`", text, StringComparison.Ordinal));
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 300; i++)
        {
            if (holds()) return;
            await Task.Delay(100);
        }

        Assert.Fail("It did not come about within thirty seconds.");
    }

    /// <summary>Listens to one site's meter; tests run beside each other in one process.</summary>
    private sealed class Recorder : IDisposable
    {
        private readonly MeterListener _listener = new();

        public Recorder(SiteHost site)
        {
            _ = site.Address;
            var meters = site.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name != SiteMetrics.MeterName || instrument.Meter.Scope != meters) return;
                Names.Add(instrument.Name);
                Units.Add(instrument.Unit!);
                listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => See(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => See(instrument, value, tags));
            _listener.Start();
        }

        public ConcurrentQueue<(string Name, double Value, string[] Tags)> Seen { get; } = [];

        public HashSet<string> Names { get; } = [];

        public HashSet<string> Units { get; } = [];

        public double Sum(string name, string? tag = null) => Seen.Where(seen => seen.Name == name && (tag is null || seen.Tags.Contains(tag))).Sum(seen => seen.Value);

        public double? Gauge(string name, string? tag = null)
        {
            _listener.RecordObservableInstruments();
            return Seen.Where(seen => seen.Name == name && (tag is null || seen.Tags.Contains(tag))).Select(seen => (double?)seen.Value).LastOrDefault();
        }

        public void Dispose() => _listener.Dispose();

        private void See(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            Seen.Enqueue((instrument.Name, value, tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").ToArray()));
    }
}
