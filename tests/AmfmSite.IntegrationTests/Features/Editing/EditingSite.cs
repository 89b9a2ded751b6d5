using System.Collections.Concurrent;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;

namespace AmfmSite.IntegrationTests.Features.Editing;

/// <summary>A site with the people of an editorial desk, who stay signed in. Its tests share it: each writes pages of its own.</summary>
public sealed class EditingSite : SiteHost
{
    private readonly ConcurrentDictionary<string, Task<HttpClient>> _people = new(StringComparer.Ordinal);

    /// <summary>An editor.</summary>
    public Task<HttpClient> AnnAsync() => PersonAsync("ann", StaffRoles.Editor);

    /// <summary>Another editor.</summary>
    public Task<HttpClient> CyAsync() => PersonAsync("cy", StaffRoles.Editor);

    /// <summary>A reviewer.</summary>
    public Task<HttpClient> BeaAsync() => PersonAsync("bea", StaffRoles.Reviewer);

    /// <summary>Writes and reviews.</summary>
    public Task<HttpClient> DeeAsync() => PersonAsync("dee", StaffRoles.Editor, StaffRoles.Reviewer);

    /// <summary>Writes and reviews, too.</summary>
    public Task<HttpClient> EveAsync() => PersonAsync("eve", StaffRoles.Editor, StaffRoles.Reviewer);

    private Task<HttpClient> PersonAsync(string name, params string[] roles) => _people.GetOrAdd(name, async _ => await this.EnterAsync($"{name}@example.org", roles));

    protected override void Dispose(bool disposing)
    {
        if (disposing) foreach (var person in _people.Values.Where(person => person.IsCompletedSuccessfully)) person.Result.Dispose();
        base.Dispose(disposing);
    }
}
