using System.Globalization;
using System.Text;
using AmfmSite.IntegrationTests.Hosting;
using AmfmSite.IntegrationTests.Mail;
using Microsoft.Data.Sqlite;

namespace AmfmSite.IntegrationTests.Canaries;

/// <summary>The table "where personal values may never be found" of the brief: every path, every place, every encoding.</summary>
public sealed class CanaryTests
{
    [Fact]
    public async Task Walk_AsAProcessWithEveryLogAtTraceAndMailFailing_LeavesNoPersonalValueAnywhere()
    {
        var directory = Directory.CreateTempSubdirectory("amfmsite-canary-").FullName;
        try
        {
            await using var mail = FaultyMailServer.Start();
            mail.Answers["MAIL"] = "451 Later, please";
            var address = new Uri($"http://127.0.0.1:{SiteProcess.FreePort()}");
            var settings = Production(directory, address, mail.Port);
            var data = settings["Data__Directory"];
            var walk = new CanaryWalk(address, Path.Combine(data, "amfmsite.db"));

            string written;
            await using (var site = await RunningSite.StartAsync(settings, address))
            {
                await walk.VisitAsync();
                await UntilAsync(() => site.Written.Contains("not sent at attempt", StringComparison.Ordinal), "a mail that was refused for now");
                mail.Answers.Clear();
                await SpeakAsync("outbox", "list");
                await SpeakAsync("outbox", "retry");
                await UntilAsync(() => !mail.Mails.IsEmpty, "a mail");
                mail.Answers["."] = "554 Not this one";

                var invited = await SpeakAsync("staff", "invite", "--email", "canaries@example.org", "--role", "intake");
                using var staff = walk.NewClient();
                var link = invited.Split('\n').First(line => line.StartsWith("https://", StringComparison.Ordinal)).Trim();
                await staff.EnterAsync(new Uri(link).PathAndQuery, "canaries@example.org");
                await walk.WorkAsync(staff);
                foreach (var command in new[] { "doctor", "keys rotate", "keys reencrypt", "retention run" }) await SpeakAsync(command.Split(' '));

                // While it runs, so that the write-ahead log and whatever lies in the temporary directory are there.
                Assert.Contains("amfmsite.db-wal", Directory.EnumerateFiles(data).Select(Path.GetFileName));
                await walk.SearchFilesAsync(directory);
                written = site.Written;
            }

            await walk.SearchFilesAsync(directory);
            walk.SearchText("log", written);
            foreach (var message in mail.Mails) walk.SearchText("mail", message + Decoded(message));
            foreach (var command in mail.Commands) walk.SearchText("mail command", command);

            // The log was as loud as it can be, and structured: otherwise nothing is proved.
            foreach (var sign in new[] { "\"Level\":\"Verbose\"", "\"Level\":\"Debug\"", "Executing action method", "Executed DbCommand", "is stored" })
                Assert.True(written.Contains(sign, StringComparison.Ordinal), $"The log says nothing of {sign}.");
            Assert.True(walk.Leaks.Count == 0, string.Join('\n', walk.Leaks.Distinct()));

            async Task<string> SpeakAsync(params string[] command)
            {
                var (exit, output, talk) = await SiteProcess.RunAsync(settings, command);
                walk.SearchText(string.Join(' ', command), output + talk);
                Assert.True(exit is 0 or 1, talk);
                return output;
            }
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Walk_WithTracesMetricsAndPickup_LeavesNoPersonalValueInThem()
    {
        using var signals = new SignalRecorder();
        await using var site = new SiteHost().With("Outbox:LeaseSeconds", "30").With("Intake:SoftLimitPer10Minutes", CanaryWalk.SoftLimit).With("Intake:HardLimitPer10Minutes", CanaryWalk.HardLimit);
        var walk = new CanaryWalk(site.Address, site.DatabaseFile);
        await walk.VisitAsync();
        using var invited = await site.SignInAsync("signals@example.org");
        using var staff = walk.NewClient();
        using (await staff.PostFromAsync("/staff/sign-in", "/staff/sign-in", ("Email", "signals@example.org"), ("Password", StaffDesk.Password))) { }
        await walk.WorkAsync(staff);
        await UntilAsync(() => Directory.Exists(site.Mails) && Directory.EnumerateFiles(site.Mails, "*.eml").Any(), "a mail");
        await walk.SearchFilesAsync(site.Directory);
        foreach (var file in Directory.EnumerateFiles(site.Mails)) walk.SearchText("mail", Decoded(await File.ReadAllTextAsync(file)));

        var recorded = signals.Text;
        walk.SearchText("traces and metrics", recorded);
        Assert.Contains("Microsoft.AspNetCore.Hosting.HttpRequestIn", recorded, StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration http.route=request-a-call", recorded, StringComparison.OrdinalIgnoreCase);
        Assert.True(walk.Leaks.Count == 0, string.Join('\n', walk.Leaks.Distinct()) + "\n" + string.Join('\n', recorded.Split('\n').Where(line => Canary.FindIn(line).Count > 0)));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("base64 0")]
    [InlineData("base64 1")]
    [InlineData("base64 2")]
    [InlineData("base64 of utf-16")]
    [InlineData("url")]
    [InlineData("hex")]
    public void Search_EveryFieldInEveryEncoding_IsFound(string how)
    {
        foreach (var (name, value) in Canary.Fields.Append(new("Agent", Canary.Agent)).Append(new("Address", Canary.Address)))
        {
            var raw = Encoding.UTF8.GetBytes(value);
            var hidden = how switch
            {
                "plain" => raw,
                "utf-16" => Encoding.Unicode.GetBytes(value),
                "utf-16BE" => Encoding.BigEndianUnicode.GetBytes(value),
                "base64 of utf-16" => Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.Unicode.GetBytes("?" + value + "?"))),
                "url" => Encoding.ASCII.GetBytes(Uri.EscapeDataString(value)),
                "hex" => Encoding.ASCII.GetBytes(Convert.ToHexString(raw)),
                _ => Encoding.ASCII.GetBytes(Convert.ToBase64String([.. new byte[how[^1] - '0'], .. raw, 1])),
            };
            Assert.True(Canary.FindIn([7, .. hidden, 7]).Count > 0, $"{name} is not found as {how}.");
        }

        Assert.Empty(Canary.FindIn("nothing personal here"));
    }

    private static Dictionary<string, string> Production(string directory, Uri address, int mailPort)
    {
        var temporary = Directory.CreateDirectory(Path.Combine(directory, "tmp")).FullName;
        return new(ProductionSettings.In(directory))
        {
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["TMPDIR"] = temporary,
            ["ASPNETCORE_TEMP"] = temporary,
            ["Mail__Transport"] = "Smtp",
            ["Mail__Host"] = "127.0.0.1",
            ["Mail__Port"] = mailPort.ToString(CultureInfo.InvariantCulture),
            ["Mail__Security"] = "None",

            // Whatever a worker held when the database went away is free again soon.
            ["Outbox__LeaseSeconds"] = "30",
            ["Intake__SoftLimitPer10Minutes"] = CanaryWalk.SoftLimit,
            ["Intake__HardLimitPer10Minutes"] = CanaryWalk.HardLimit,
            ["Logging__LogLevel__Default"] = "Trace",
            ["Logging__LogLevel__Microsoft.AspNetCore"] = "Trace",
            ["Logging__LogLevel__Microsoft.EntityFrameworkCore"] = "Trace",
            ["Logging__LogLevel__Microsoft.AspNetCore.DataProtection"] = "Trace",
        };
    }

    /// <summary>The mail's text, when it is base64.</summary>
    private static string Decoded(string mail) => string.Concat(mail.Split("\n\n").Concat(mail.Split("\r\n\r\n")).Select(part =>
    {
        var letters = string.Concat(part.Where(letter => !char.IsWhiteSpace(letter)));
        return Convert.TryFromBase64String(letters, new byte[letters.Length], out _) ? Encoding.UTF8.GetString(Convert.FromBase64String(letters)) : "";
    }));

    private static async Task UntilAsync(Func<bool> holds, string what)
    {
        for (var i = 0; i < 120; i++)
        {
            if (holds()) return;
            await Task.Delay(500);
        }

        Assert.Fail($"Within a minute there was not {what}.");
    }
}
