using System.Globalization;
using System.Net;
using System.Text;
using AmfmSite.Features.CallbackRequests;
using AmfmSite.Features.Staff;
using AmfmSite.IntegrationTests.Features.Staff;
using AmfmSite.IntegrationTests.Hosting;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AmfmSite.IntegrationTests.Abuse;

/// <summary>
/// Every property of everything that is stored, posted to every form beside its own fields. The names come from the model, so
/// a new one is tried by itself; the values are marks that are looked for in all columns of all tables afterwards.
/// </summary>
public sealed class OverPostingTests
{
    private const string Text = "zzoverposted", Date = "1987-06-05", Number = "987654321", Id = "deadbeef-0bad-4bad-8bad-feedfacecafe";

    [Fact]
    public async Task Post_EveryColumnToTheFormForACall_StoresWhatAPlainPostStores()
    {
        await using var site = new SiteHost();
        using var client = site.NewClient();
        var names = await NamesAsync(site);
        Assert.Contains("Status", names.Keys);
        Assert.Contains("LockoutEnd", names.Keys);
        Assert.True(names.Count > 60, $"The model has only {names.Count} names.");
        using var plain = await new CallbackPost().SendAsync(client);
        var post = new CallbackPost();
        foreach (var (name, value) in Marked(names, own: typeof(CallbackForm))) post.With(name, value);
        using var over = await post.SendAsync(client);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (plain.StatusCode, over.StatusCode));

        var rows = await site.InDatabaseAsync(async db =>
        {
            var requests = await db.CallbackRequests.OrderBy(request => request.ReceivedAt).ToListAsync();
            return requests.ConvertAll(request => db.Entry(request).Properties.ToDictionary(property => property.Metadata.Name, property => property.CurrentValue));
        });
        string[] differ = ["Id", "Reference", "ReceivedAt", "RepeatKey", "DueFrom", "DueAt", "_name", "_phone", "_safeContact", "_details"];
        foreach (var (name, value) in rows[0].Where(column => !differ.Contains(column.Key))) Assert.True(Same(value, rows[1][name]), $"{name} is {rows[1][name]} after over-posting, and {value} without.");
        Assert.Empty(await MarksAsync(site));
    }

    [Fact]
    public async Task Post_EveryColumnToEveryFormOfTheDesk_LeavesNoMarkInAnyTable()
    {
        await using var site = new SiteHost();
        using var visitor = site.NewClient();
        foreach (var _ in new[] { 1, 2 }) using (await new CallbackPost().SendAsync(visitor)) { }
        var ids = await site.InDatabaseAsync(db => db.CallbackRequests.OrderBy(request => request.ReceivedAt).Select(request => request.Id).ToListAsync());
        using var lead = await site.SignInAsync("over@example.org", StaffRoles.Lead);
        var (here, names) = ($"/intake/requests/{ids[0]}", await NamesAsync(site));

        async Task<HttpStatusCode> PostAsync(HttpClient client, string page, string action, params (string Name, string Value)[] own)
        {
            var marks = Marked(names, own: null).Where(mark => !own.Any(field => field.Name.Equals(mark.Name, StringComparison.OrdinalIgnoreCase)) && mark.Name is not ("Note" or "Insurer" or "Answer" or "Text" or "Reason" or "Email")).ToList();
            using var answer = await client.PostFromAsync(page, action, [.. marks, .. own]);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(lead, here, here + "/claim"));
        var before = await RowAsync();
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(lead, here, here + "/notes", ("Note", "a note")));
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(lead, here, here + "/benefit-check", ("BenefitStatus", "Asked"), ("Insurer", "x"), ("Answer", "y")));
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(lead, here, here + "/duplicates", ("OtherId", ids[1].ToString()), ("Verdict", "same")));
        var after = await RowAsync();

        // Notes and checks move nothing of the request but its version and the claim that each deed extends.
        foreach (var (name, value) in before.Where(column => column.Key is not ("RowVersion" or "ClaimedUntil"))) Assert.True(Same(value, after[name]), $"{name} became {after[name]}");
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(lead, here, here + "/attempts", ("What", "Phone.Reached"), ("Next", ""), ("Note", "another")));
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(lead, here, here + "/screening", ("ScreeningAt", "2099-01-05T10:00")));
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(lead, here, here + "/close", ("Outcome", "Declined")));
        var closed = await RowAsync();
        Assert.Equal((RequestState.Closed, RequestOutcome.Declined, false, null), ((RequestState)closed["Status"]!, (RequestOutcome)closed["Outcome"]!, (bool)closed["LeadFirst"]!, closed["Quarantine"]));
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(lead, here, here + "/reopen", ("Reason", "they called back")));
        await PostAsync(lead, "/intake", "/intake/search", ("Text", "415-555-0123"));
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(lead, "/staff/account/password", "/staff/account/password", ("Current", StaffDesk.Password), ("Password", "nine loud storks fly"), ("PasswordAgain", "nine loud storks fly")));
        Assert.Empty(await MarksAsync(site));

        Task<Dictionary<string, object?>> RowAsync() => site.InDatabaseAsync(async db => db.Entry(await db.CallbackRequests.SingleAsync(request => request.Id == ids[0])).Properties.ToDictionary(property => property.Metadata.Name, property => property.CurrentValue));
    }

    [Fact]
    public async Task Post_EveryColumnToTheFormsOfAccounts_GivesNothingThatWasNotAskedFor()
    {
        await using var site = new SiteHost();
        var names = await NamesAsync(site);
        var marks = Marked(names, own: null).Where(mark => mark.Name is not ("Email" or "Roles" or "Password" or "Set" or "Again")).ToArray();
        using var admin = await site.SignInAsync("over-admin@example.org", StaffRoles.Admin);
        using (var invited = await admin.PostFromAsync("/staff/accounts", "/staff/accounts", [.. marks, ("Email", "over-new@example.org"), ("Roles", StaffRoles.Intake)])) Assert.Equal(HttpStatusCode.OK, invited.StatusCode);
        var account = await site.AccountAsync("over-new@example.org");
        Assert.Equal((null, false, 0, null, false, false, null), (account.PasswordHash, account.TwoFactorEnabled, account.AccessFailedCount, account.LockoutEnd, account.EmailConfirmed, account.PhoneNumberConfirmed, account.DisabledAt));
        Assert.Equal([StaffRoles.Intake], await site.InDatabaseAsync(db => db.UserRoles.Where(row => row.UserId == account.Id).Join(db.Roles, row => row.RoleId, role => role.Id, (_, role) => role.Name!).ToListAsync()));

        // The invitation itself, with what would make its account another's or an administrator's.
        var link = await site.InviteAsync("over-own@example.org", StaffRoles.Intake);
        using var invitee = site.NewStaffClient();
        using (var set = await invitee.PostFromAsync(link, "/staff/invitation", [.. marks, ("Roles", StaffRoles.Admin), ("Email", "over-admin@example.org"), ("Password", StaffDesk.Password), ("PasswordAgain", StaffDesk.Password)])) Assert.Equal(HttpStatusCode.Redirect, set.StatusCode);
        using (var signedIn = await invitee.PostFromAsync("/staff/sign-in", "/staff/sign-in", [.. marks, ("Roles", StaffRoles.Admin), ("Email", "over-own@example.org"), ("Password", StaffDesk.Password)])) Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        using (var refused = await invitee.GetAsync("/staff/accounts")) Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal([StaffRoles.Intake], await site.InDatabaseAsync(db => db.UserRoles.Where(row => db.Users.Any(user => user.Id == row.UserId && user.UserName == "over-own@example.org")).Join(db.Roles, row => row.RoleId, role => role.Id, (_, role) => role.Name!).ToListAsync()));
        Assert.Empty(await MarksAsync(site));
    }

    [Fact]
    public async Task Post_EveryColumnToTheFormsOfTheEditorialDesk_PublishesNothingAndLeavesNoMarkInAnyTable()
    {
        await using var site = new SiteHost();
        var marks = Marked(await NamesAsync(site), own: null).Where(mark => mark.Name is not ("Reason" or "Note" or "Number" or "BasedOn" or "Began" or "Body")).ToArray();
        using var editor = await site.SignInAsync("over-editor@example.org", StaffRoles.Editor);
        const string Here = "/editing/location/virtual";
        using (var kept = await editor.PostFromAsync(Here + "/edit", Here + "/autosave", [.. marks, ("Body", "name: kept")])) Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        Assert.Empty(await MarksAsync(site));
        using (var saved = await editor.PostFromAsync(Here + "/edit", Here + "/edit", [.. marks, ("Body", "name: saved"), ("Reason", "a test")])) Assert.Equal(Here + "?done=saved", saved.Headers.Location?.ToString());
        using (var back = await editor.PostFromAsync(Here + "/compare?from=2&to=1", Here + "/restore", [.. marks, ("Number", "1"), ("BasedOn", "2"), ("Reason", "a test")])) Assert.Equal(Here + "?done=restored", back.Headers.Location?.ToString());
        var item = await site.InDatabaseAsync(db => db.ContentItems.Include(row => row.Revisions).SingleAsync(row => row.Kind == "location" && row.Key == "virtual"));
        Assert.Equal((1, 3), (item.LiveNumber, item.LastNumber));
        Assert.All(item.Revisions.Where(revision => revision.Number > 1), revision => Assert.Equal("over-editor@example.org", revision.Author));
        Assert.Empty(await MarksAsync(site));
    }

    /// <summary>Whoever adds a form whose class is also an entity, or an entity with a public setter as a parameter, hears of it here.</summary>
    [Fact]
    public async Task EveryAction_BindsAFormOfItsOwn_NeverWhatIsStored()
    {
        await using var site = new SiteHost();
        var stored = await site.InDatabaseAsync(db => Task.FromResult(db.Model.GetEntityTypes().Select(type => type.ClrType).ToHashSet()));
        var parameters = site.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()).OfType<ControllerActionDescriptor>().SelectMany(action => action.Parameters).Select(parameter => parameter.ParameterType).Distinct().ToList();
        Assert.Contains(typeof(CallbackForm), parameters);
        Assert.DoesNotContain(parameters, stored.Contains);
        Assert.DoesNotContain(parameters.SelectMany(type => type.GetProperties()).Select(property => property.PropertyType), stored.Contains);
    }

    private static bool Same(object? one, object? other) => one is byte[] bytes && other is byte[] others ? bytes.AsSpan().SequenceEqual(others) : Equals(one, other);

    /// <summary>Names of all columns of all entities, with what they hold.</summary>
    private static Task<Dictionary<string, Type>> NamesAsync(SiteHost site) => site.InDatabaseAsync(db => Task.FromResult(db.Model.GetEntityTypes()
        .SelectMany(entity => entity.GetProperties().Select(property => (Name: property.Name, Type: Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType))
            .Concat(entity.ClrType.GetProperties().Select(property => (property.Name, Type: Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType))))
        .DistinctBy(property => property.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(property => property.Name, property => property.Type, StringComparer.OrdinalIgnoreCase)));

    /// <summary>Each name plain and as part of something, with a mark of its type.</summary>
    private static IEnumerable<(string Name, string Value)> Marked(Dictionary<string, Type> names, Type? own)
    {
        foreach (var (name, type) in names.Where(name => own?.GetProperty(name.Key, System.Reflection.BindingFlags.IgnoreCase | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance) is null))
        {
            var value = type == typeof(Guid) ? Id
                : type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) ? Date
                : type == typeof(bool) ? "true"
                : type.IsEnum ? Enum.GetNames(type)[^1]
                : type.IsPrimitive ? Number
                : type == typeof(byte[]) ? Convert.ToBase64String(Encoding.UTF8.GetBytes(Text))
                : Text;
            yield return (name, value);
            yield return ($"request.{name}", value);
        }
    }

    /// <summary>Where a mark stands, in any column of any table.</summary>
    private static async Task<List<string>> MarksAsync(SiteHost site)
    {
        var (found, looked) = (new List<string>(), 0);
        await using var connection = new SqliteConnection($"Data Source={site.DatabaseFile};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        var ticks = DateTime.Parse(Date, CultureInfo.InvariantCulture).Ticks.ToString(CultureInfo.InvariantCulture);
        foreach (var (table, column) in await PairsAsync(connection, "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"))
        {
            looked++;
            foreach (var mark in new[] { Text, Date, Number, Id, ticks })
            {
                await using var command = connection.CreateCommand();
                command.CommandText = $"SELECT COUNT(*) FROM \"{table}\" WHERE CAST(\"{column}\" AS TEXT) LIKE '%{mark}%'";
                if ((long)(await command.ExecuteScalarAsync())! > 0) found.Add($"{table}.{column} holds {mark}");
            }
        }

        Assert.True(looked > 60, $"Only {looked} columns were looked at.");
        return found;
    }

    private static async Task<List<(string, string)>> PairsAsync(SqliteConnection connection, string sql)
    {
        var pairs = new List<(string, string)>();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) pairs.Add((reader.GetString(0), reader.GetString(1)));
        return pairs;
    }
}
