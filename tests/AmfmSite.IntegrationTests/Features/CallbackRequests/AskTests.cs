using System.Net;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.IntegrationTests.Features.CallbackRequests;

public sealed class AskTests(SiteHost site) : IClassFixture<SiteHost>
{
    [Fact]
    public async Task Post_Complete_StoresRequestMailAndTraceAndShowsReference()
    {
        using var client = site.NewClient();
        using var answer = await new CallbackPost().SendAsync(client);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var received = await client.GetPageAsync(answer.Headers.Location!.ToString());
        var reference = received.QuerySelector("strong[data-reference]")!.TextContent;
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", reference);
        var stored = reference.Replace("-", "", StringComparison.Ordinal);
        var (requests, messages, traces) = await site.InDatabaseAsync(async db =>
        {
            var request = await db.CallbackRequests.SingleAsync(request => request.Reference == stored);
            return (1, await db.OutboxMessages.CountAsync(message => message.RequestId == request.Id),
                await db.AuditEntries.CountAsync(entry => entry.RequestId == request.Id && entry.Action == AuditAction.RequestReceived));
        });
        Assert.Equal((1, 1, 1), (requests, messages, traces));
    }

    [Fact]
    public async Task Get_Received_HoldsNothingPersonal()
    {
        using var client = site.NewClient();
        using var answer = await new CallbackPost().With("Name", "Quillon Zebrafish").With("Phone", "(212) 555-0177").With("Email", "quillon@example.org").SendAsync(client);
        var page = await client.GetStringAsync(answer.Headers.Location);
        foreach (var personal in new[] { "Quillon", "555-0177", "5550177", "quillon@" }) Assert.DoesNotContain(personal, page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Quillon", answer.Headers.Location!.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
