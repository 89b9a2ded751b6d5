using AmfmSite.Features.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.BrowserTests.Browsing;

/// <summary>A site that is reached as localhost, since passkeys know no numeric addresses, and whose clock a test moves.</summary>
public sealed class KeySite : IAsyncDisposable
{
    private readonly BrowserSite _browser;

    public KeySite(BrowserSite browser)
    {
        _browser = browser;
        Host = new SiteHost { Clock = new() }.With("Site:BaseUrl", "http://localhost");
        Address = $"http://localhost:{Host.Address.Port}";
    }

    public SiteHost Host { get; }

    public string Address { get; }

    public async Task<Visit> VisitAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light, bool script = true) => new(
        await _browser.Browser.NewContextAsync(new()
        {
            BaseURL = Address,
            Locale = "en-US",
            ReducedMotion = ReducedMotion.Reduce,
            ColorScheme = scheme,
            JavaScriptEnabled = script,
            ViewportSize = new() { Width = width, Height = width < 700 ? 844 : 900 },
        }),
        Address);

    /// <summary>An account without a way in, and the path of its invitation.</summary>
    public async Task<string> InviteAsync(string email, params string[] roles)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
        var user = new StaffMember { Id = Guid.NewGuid(), UserName = email, Email = email };
        Assert.True((await users.CreateAsync(user)).Succeeded);
        foreach (var role in roles) Assert.True((await users.AddToRoleAsync(user, role)).Succeeded);
        return $"/staff/invitation?who={user.Id}&token={Uri.EscapeDataString(await users.GeneratePasswordResetTokenAsync(user))}";
    }

    public async Task<IReadOnlyList<(AuditAction Action, string Detail)>> TraceAsync(string email) => await Host.InDatabaseAsync(async db =>
    {
        var id = await db.Users.Where(user => user.UserName == email).Select(user => user.Id).SingleAsync();
        return (await db.AuditEntries.Where(entry => entry.StaffId == id).OrderBy(entry => entry.Id).ToListAsync()).ConvertAll(entry => (entry.Action, entry.Detail));
    });

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
