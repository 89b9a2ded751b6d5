using System.Net;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AmfmSite.IntegrationTests.Features.CallbackRequests;

/// <summary>The page after a stored request, and what its time and everybody's sizes tell.</summary>
public sealed class ReceivedTests
{
    [Fact]
    public async Task Get_Received_IsThereForThirtyMinutesAndGoneAfterwards()
    {
        var clock = new MovedClock();
        await using var site = new SiteWith(services => services.AddSingleton<TimeProvider>(clock));
        using var client = site.NewClient();
        using var answer = await new CallbackPost().With("Name", "Robin Shortlived").SendAsync(client);
        var page = answer.Headers.Location!.ToString();
        for (var minutes = 0; minutes < 30; minutes += 29)
        {
            clock.Ahead = TimeSpan.FromMinutes(minutes);
            using var shown = await client.GetAsync(page);
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
            Assert.True(shown.Headers.CacheControl!.NoStore);
            Assert.DoesNotContain("Shortlived", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.NotNull((await client.GetPageAsync(page)).QuerySelector("[data-shared]"));
        }

        clock.Ahead = TimeSpan.FromMinutes(31);
        using var gone = await client.GetAsync(page);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Null((await gone.ReadAsync()).QuerySelector("[data-reference]"));
    }

    [Fact]
    public async Task Post_ShortAndLongAnswers_MailsAndLogLinesHaveTheSameLength()
    {
        var log = new Lines();
        await using var site = new SiteWith(services => services.AddSingleton<ILoggerProvider>(log));
        using var client = site.NewClient();
        var lengths = new List<string>();
        foreach (var (name, note) in new[] { ("Al", "x"), (new string('y', 90), new string('z', 490)) })
        {
            log.Clear();
            using (var answer = await new CallbackPost().With("Name", name).With("Note", note).With("Access", note[..Math.Min(190, note.Length)]).SendAsync(client))
                Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            for (var i = 0; i < 300 && !log.All.Any(line => line.Contains("sent at attempt", StringComparison.Ordinal)); i++) await Task.Delay(50);
            var mail = new DirectoryInfo(site.Mails).EnumerateFiles("*.eml").OrderBy(file => file.Name, StringComparer.Ordinal).Last();
            lengths.Add($"mail {mail.Length}; log {string.Join(' ', log.All.Where(line => line.Contains("stored", StringComparison.Ordinal) || line.Contains("Outbox message", StringComparison.Ordinal)).Select(line => line.Length))}");
        }

        Assert.Equal(lengths[0], lengths[1]);
        Assert.Matches("^mail [0-9]+; log [0-9]+ [0-9]+$", lengths[0]);
    }

    private sealed class SiteWith(Action<IServiceCollection> add) : SiteHost
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(add);
        }
    }

    /// <summary>The machine's clock, moved ahead.</summary>
    private sealed class MovedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> All
        {
            get
            {
                lock (_lines) return [.. _lines];
            }
        }

        public void Clear()
        {
            lock (_lines) _lines.Clear();
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines) _lines.Add(formatter(state, exception));
        }

        public void Dispose() { }
    }
}
