using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Storage;
using AmfmSite.Storage.Sealing;
using AmfmSite.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AmfmSite.Benchmarks;

/// <summary>
/// Pages of the queue and exact searches with 100,000 open requests, over HTTP from the published kind of build, each as
/// the median and the slowest of several, and as the time that the site's process itself computed, which other work on the machine does not stretch. Everything a page does is in it: the counts, the rules of the rows, the trace.
/// </summary>
internal static partial class DeskList
{
    private const int Requests = 100_000, Batch = 2_000, Times = 15, Port = 5303;
    private const string Address = "http://127.0.0.1:5303", Email = "bench@example.org", Password = "four slow herons wade";

    private static readonly string[] Places = ["orange-county", "san-diego-county", "washington-county", "fairfax-county", "virtual"];

    /// <param name="index">SQL of an index to try; null for the database as it is.</param>
    public static async Task<int> RunAsync(string? index)
    {
        var data = Directory.CreateTempSubdirectory("amfmsite-bench-").FullName;
        try
        {
            var link = await InviteAsync(data);
            var fill = Stopwatch.StartNew();
            var (reference, phone) = await FillAsync(data);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Requests:N0} open requests stored in {fill.Elapsed.TotalSeconds:N0} s, {new FileInfo(Path.Combine(data, "amfmsite.db")).Length / 1024 / 1024} MB"));
            using var site = Start(data);
            try
            {
                using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(Address) };
                await SignInAsync(client, link);
                await MeasureAsync(site, client, reference, phone);
                if (index is not null)
                {
                    await using (var db = new SqliteAmfmDbContext(Options(data))) await db.Database.ExecuteSqlRawAsync(index);
                    Console.WriteLine(index);
                    await MeasureAsync(site, client, reference, phone);
                }
            }
            finally
            {
                site.Kill(entireProcessTree: true);
                await site.WaitForExitAsync();
            }

            return 0;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task MeasureAsync(Process site, HttpClient client, string reference, string phone)
    {
        const int pages = Requests / 50;
        foreach (var (name, path) in new[]
        {
            ("first page", "/intake"), ("page in the middle", $"/intake?page={pages / 2}"), ("last page", $"/intake?page={pages}"), ("filter by place and state", "/intake?place=virtual&state=attempting"),
            ("filter by place, page 100", "/intake?place=virtual&page=100"), ("with nobody, page 900", "/intake?with=nobody&page=900"), ("list by itself", $"/intake/list?since={TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-15):O}"),
        })
        {
            await MeasureAsync(site, name, () => client.GetAsync(path), HttpStatusCode.OK);
        }

        var token = Token().Match(await client.GetStringAsync("/intake?state=reached")).Groups[1].Value;
        foreach (var (name, text, status) in new[] { ("search by reference", reference, HttpStatusCode.SeeOther), ("search by phone", phone, HttpStatusCode.OK), ("search, nothing found", "nobody@example.org", HttpStatusCode.OK) })
            await MeasureAsync(site, name, () => client.PostAsync("/intake/search", Form(("Text", text), ("__RequestVerificationToken", token))), status);
    }

    private static async Task MeasureAsync(Process site, string name, Func<Task<HttpResponseMessage>> ask, HttpStatusCode expected)
    {
        var (times, computed) = (new List<double>(), TimeSpan.Zero);
        for (var i = -3; i < Times; i++)
        {
            if (i == 0) computed = Computed(site);
            var time = Stopwatch.StartNew();
            using var answer = await ask();
            await answer.Content.ReadAsByteArrayAsync();
            if (answer.StatusCode != expected) throw new InvalidOperationException($"{name}: {answer.StatusCode}");
            if (i >= 0) times.Add(time.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} median {times[Times / 2],5:N0} ms   slowest {times[^1],5:N0} ms   computed {(Computed(site) - computed).TotalMilliseconds / Times,4:N0} ms"));
    }

    private static TimeSpan Computed(Process site)
    {
        site.Refresh();
        return site.TotalProcessorTime;
    }

    private static DbContextOptions<SqliteAmfmDbContext> Options(string data) =>
        DesignTime.Options<SqliteAmfmDbContext>().UseSqlite($"Data Source={Path.Combine(data, "amfmsite.db")}").Options;

    /// <returns>A reference, and a phone number that two requests share.</returns>
    private static async Task<(string Reference, string Phone)> FillAsync(string data)
    {
        var keys = Path.Combine(data, "keys");
        var (vault, lookup, now) = (new Vault(new RequestKeyRing(new KeyDirectory(Path.Combine(keys, "requests")), KeyCertificates.None)), LookupKey.LoadOrCreate(Path.Combine(keys, "lookup.key")), TimeProvider.System.GetUtcNow().UtcDateTime);
        var (staff, reference) = (Guid.NewGuid(), "");
        var options = Options(data);
        for (var made = 0; made < Requests; made += Batch)
        {
            await using var db = new SqliteAmfmDbContext(options);
            await db.Database.OpenConnectionAsync();
            await db.Database.ExecuteSqlAsync($"PRAGMA synchronous = OFF");
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            for (var i = made; i < made + Batch; i++)
            {
                // Two weeks of windows around now, mixed well; every tenth was promised no time, every fifth has been tried.
                var from = Instant.FromDateTimeUtc(now) + Duration.FromMinutes(i * 7919 % 20_160 - 3_000);
                var request = CallbackRequest.Submit(
                    Answers(i), i % 10 == 0 ? null : new Interval(from, from + Duration.FromHours(3)), readFirst: i % 1000 == 0, leadFirst: false, "/request-a-call", lookup.Hash("repeat", $"{i}"), quarantine: null, vault, lookup,
                    now.AddMinutes(-(i % 3_000)));
                if (i % 5 == 0)
                {
                    request.Claim(staff, now.AddHours(-1));
                    request.Attempt(ContactChannel.Phone, AttemptResult.Busy, new(), new Interval(from, from + Duration.FromHours(3)), staff, now.AddHours(-1));
                }

                db.Add(request);
                reference = request.Reference;
            }

            await db.SaveChangesAsync();
        }

        return (reference, UsPhone.Show(Answers(0).Phone!));
    }

    private static CallbackAnswers Answers(int number) => new()
    {
        For = CallFor.Self,
        Name = $"Test Heron {number}",
        State = "CA",
        TimeZone = "America/Los_Angeles",
        Phone = $"+1{200 + number % 800}55501{number / 800 % 100:00}",
        SafeContact = new(VoicemailRule.Neutral),
        Day = CallDay.Soonest,
        Part = CallPart.Any,
        Details = new(),
        Topic = "isolation",
        Place = Places[number % Places.Length],
    };

    private static async Task<string> InviteAsync(string data)
    {
        using var invite = Process.Start(SiteProgram.StartInfo(data, Address, "staff", "invite", "--email", Email, "--role", "intake"))!;
        var link = await invite.StandardOutput.ReadToEndAsync();
        await invite.WaitForExitAsync();
        return link.Trim();
    }

    private static Process Start(string data)
    {
        var process = Process.Start(SiteProgram.StartInfo(data, Address))!;
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task SignInAsync(HttpClient client, string link)
    {
        using (await SiteProgram.WaitAsync(client, "/health/live"))
        {
        }

        var path = new Uri(link).PathAndQuery;
        var page = await client.GetStringAsync(path);
        var fields = Hidden().Matches(page).Select(input => (Value(input, "name"), Value(input, "value"))).Distinct().Append(("Password", Password)).Append(("PasswordAgain", Password)).ToArray();
        using (await client.PostAsync("/staff/invitation", Form(fields)))
        {
        }

        var token = Token().Match(await client.GetStringAsync("/staff/sign-in")).Groups[1].Value;
        using var signedIn = await client.PostAsync("/staff/sign-in", Form(("Email", Email), ("Password", Password), ("__RequestVerificationToken", token)));
        if (signedIn.StatusCode != HttpStatusCode.Redirect) throw new InvalidOperationException($"Signing in answered {signedIn.StatusCode}.");
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();

    private static string Value(Match input, string attribute) => WebUtility.HtmlDecode(Regex.Match(input.Value, $" {attribute}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();
}
