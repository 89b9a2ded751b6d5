using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using AmfmSite.Features.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.BrowserTests.Abuse;

/// <summary>A page that is watched for everything that a text must not do: run, open a dialog, ask another host, or become an element.</summary>
internal sealed partial class WatchedPage : IAsyncDisposable
{
    private const string Password = "four slow herons wade";

    /// <summary>What no page of ours has: handlers, styles and addresses that run, and elements that only a payload brings.</summary>
    private const string Strange =
        """
        shown => {
          const found = [], root = location.origin + '/';
          if (window.__hit) found.push('a script ran');
          const brings = ['IFRAME', 'FRAME', 'FRAMESET', 'OBJECT', 'EMBED', 'BASE', 'STYLE', 'MATH', 'MARQUEE', 'VIDEO', 'AUDIO', 'TEMPLATE', 'APPLET', 'PORTAL', 'KEYGEN', 'BGSOUND', 'ISINDEX', 'XMP', 'PLAINTEXT', 'IMAGE', 'SET', 'ANIMATE', 'FOREIGNOBJECT'];
          for (const part of (shown ?? document).querySelectorAll('*')) {
            const name = part.localName.toUpperCase();
            if (brings.includes(name) || name.startsWith('ZZ')) found.push(part.outerHTML.slice(0, 90));
            if (name === 'SCRIPT' && !String(part.src ?? '').startsWith(root) && part.type !== 'application/ld+json') found.push(part.outerHTML.slice(0, 90));
            if (name === 'LINK' && part.rel !== 'canonical' && !String(part.href ?? '').startsWith(root)) found.push(part.outerHTML.slice(0, 90));
            if (name === 'META' && part.httpEquiv) found.push(part.outerHTML.slice(0, 90));
            for (const { name: key, value } of part.attributes) {
              if (key.startsWith('on') || key.startsWith('zz') || key === 'style' || key === 'srcdoc' || key === 'formaction' || key === 'background') found.push(`${name} ${key}=${value}`.slice(0, 90));
              if (['href', 'src', 'action', 'xlink:href', 'data', 'poster', 'srcset'].includes(key) && /^[\s\u0000-\u001f]*(javascript|data|vbscript):|evil\.example/i.test(value)) found.push(`${name} ${key}=${value}`.slice(0, 90));
              if (key === 'id' && value.startsWith('zz')) found.push(`${name} id=${value}`);
            }
          }
          return found;
        }
        """;

    private readonly ConcurrentQueue<string> _dialogs = new();
    private readonly Visit _visit;

    private WatchedPage(Visit visit, IPage page) => (_visit, Page) = (visit, page);

    public IPage Page { get; }

    public static async Task<WatchedPage> OpenAsync(BrowserSite browser, SiteHost host)
    {
        var address = host.Address.ToString().TrimEnd('/');
        var visit = new Visit(await browser.Browser.NewContextAsync(new() { BaseURL = address, Locale = "en-US", ReducedMotion = ReducedMotion.Reduce }), address);
        await visit.Context.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', event => console.error('refused by the policy: ' + event.violatedDirective + ' ' + event.blockedURI))");
        await visit.OpenAsync("/");
        var page = new WatchedPage(visit, visit.Page);
        visit.Page.Dialog += async (_, dialog) =>
        {
            page._dialogs.Enqueue(dialog.Message);
            await dialog.DismissAsync();
        };
        page._host = host;
        return page;
    }

    private SiteHost _host = null!;

    public async Task SignInAsync(string email, params string[] roles)
    {
        await using (var scope = _host.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
            var user = new StaffMember { Id = Guid.NewGuid(), UserName = email, Email = email };
            Assert.True((await users.CreateAsync(user, Password)).Succeeded);
            foreach (var role in roles) Assert.True((await users.AddToRoleAsync(user, role)).Succeeded);
        }

        await GoAsync("/staff/sign-in");
        await Page.Locator("[name=Email]").FillAsync(email);
        await Page.Locator("[name=Password]").FillAsync(Password);
        await Page.Locator("main button").First.ClickAsync();
        await Page.ArriveAsync("**/intake");
    }

    public async Task GoAsync(string path) => await Page.GotoAsync(path);

    /// <summary>Posts fields of any name and value from the page that is open, with its token where it has one.</summary>
    public Task PostAsync(string action, params (string Name, string Value)[] fields) => Page.FollowAsync(() => SubmitAsync(action, fields));

    /// <summary>Like <see cref="PostAsync"/>, where the answer is a file.</summary>
    public async Task<string> DownloadAsync(string action, params (string Name, string Value)[] fields)
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => SubmitAsync(action, fields));
        return await File.ReadAllTextAsync(await download.PathAsync());
    }

    /// <summary>Nothing on the page is strange, and each of these texts stands there, letter by letter.</summary>
    public async Task LooksAsTextAsync(string where, params string[] texts)
    {
        var strange = await Page.EvaluateAsync<string[]>(Strange);
        Assert.True(strange.Length == 0, $"{where}: {string.Join(" | ", strange.Take(5))}");
        if (texts.All(text => text.Length == 0)) return;
        var shown = Readable(await Page.EvaluateAsync<string>("() => document.body.textContent + ' ' + [...document.querySelectorAll('input, textarea')].map(field => field.value).join(' ')"));
        foreach (var text in texts) Assert.True(shown.Contains(Readable(text), StringComparison.Ordinal), $"{where} does not show {text[..Math.Min(80, text.Length)]}");
    }

    /// <summary>What is strange in the preview beside a text; read from the page around it, since nothing runs in there. What tells the editor of the gate, and keeps links from leading on, is ours.</summary>
    public async Task<IReadOnlyList<string>> StrangeInPreviewAsync() =>
        [.. (await Page.EvaluateAsync<string[]>($"() => ({Strange})(document.querySelector('iframe').contentDocument)")).Where(part => part != "<base target=\"_blank\">" && !part.StartsWith("<template data-gate", StringComparison.Ordinal))];

    public Task NothingHappenedAsync()
    {
        Assert.Empty(_dialogs);
        Assert.Empty(_visit.Elsewhere);

        // Answers of 4xx, a date that is none and a download are complained of, too; they are what is asked for here.
        string[] wrong = ["refused by the policy", "Content Security Policy", "script error"];
        Assert.DoesNotContain(_visit.Complaints, line => wrong.Any(part => line.Contains(part, StringComparison.Ordinal)));
        return Task.CompletedTask;
    }

    /// <summary>What can be read of it: the site leaves marks out that turn text, and a field of one line leaves out its line ends.</summary>
    public static string Readable(string text) => Unseen().Replace(text, "");

    public async ValueTask DisposeAsync() => await _visit.DisposeAsync();

    private Task SubmitAsync(string action, (string Name, string Value)[] fields) => Page.EvaluateAsync(
        """
        ([action, fields]) => {
          const form = document.createElement('form');
          form.method = 'post';
          form.action = action;
          const token = document.querySelector('[name=__RequestVerificationToken]');
          for (const [name, value] of [...(token ? [['__RequestVerificationToken', token.value]] : []), ...fields]) {
            const field = document.createElement('textarea');
            field.name = name;
            field.value = value;
            form.append(field);
          }
          document.body.append(form);
          form.submit();
        }
        """,
        new object[] { action, fields.Select(field => new[] { field.Name, field.Value.Replace("\0", "", StringComparison.Ordinal) }).ToArray() });

    [GeneratedRegex(@"[\s\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+")]
    private static partial Regex Unseen();
}
