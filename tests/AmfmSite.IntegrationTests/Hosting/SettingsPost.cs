using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace AmfmSite.IntegrationTests.Hosting;

/// <summary>The form of the desk's settings as a browser fills it: with everything that stands on the page, and changes to it.</summary>
public sealed class SettingsPost
{
    public const string Path = "/intake/desk";

    private readonly List<KeyValuePair<string, string>> _answers = [];

    public static async Task<SettingsPost> OpenAsync(HttpClient lead)
    {
        var post = new SettingsPost();
        post.Read(await lead.GetPageAsync(Path));
        return post.With("Reason", "A test");
    }

    public void Read(IDocument page)
    {
        _answers.Clear();
        var form = page.QuerySelector($"form[action='{Path}']")!;
        foreach (var field in form.QuerySelectorAll("input, select, textarea"))
        {
            var value = field switch
            {
                IHtmlInputElement { Type: "checkbox", IsChecked: false } => null,
                IHtmlInputElement input => input.Value,
                IHtmlSelectElement select => select.Value,
                _ => field.TextContent,
            };
            if (value is not null) _answers.Add(new(field.GetAttribute("name")!, value));
        }
    }

    public string Of(string name) => _answers.Single(answer => answer.Key == name).Value;

    public IReadOnlyList<string> AllOf(string name) => [.. _answers.Where(answer => answer.Key == name).Select(answer => answer.Value)];

    public SettingsPost With(string name, params string[] values)
    {
        _answers.RemoveAll(answer => answer.Key == name);
        _answers.AddRange(values.Select(value => KeyValuePair.Create(name, value)));
        return this;
    }

    /// <summary>Open every day of the week at these hours.</summary>
    public SettingsPost Daily(string opens, string closes)
    {
        foreach (var day in new[] { "mon", "tue", "wed", "thu", "fri", "sat", "sun" }) With($"Opens[{day}]", opens).With($"Closes[{day}]", closes);
        return this;
    }

    public Task<HttpResponseMessage> SendAsync(HttpClient lead) => lead.PostAsync(Path, new FormUrlEncodedContent(_answers));
}
