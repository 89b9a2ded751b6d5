using Microsoft.AspNetCore.Identity;

namespace AmfmSite.Features.Staff;

/// <summary>Roles and what they are for. The ids are fixed, since the rows come with the first migration.</summary>
public static class StaffRoles
{
    public const string Intake = "intake", Lead = "lead", Editor = "editor", Reviewer = "reviewer", Admin = "admin", Auditor = "auditor";

    public static readonly IReadOnlyList<string> All = [Intake, Lead, Editor, Reviewer, Admin, Auditor];

    internal static IEnumerable<IdentityRole<Guid>> Rows() => All.Select((name, index) => new IdentityRole<Guid>
    {
        Id = new Guid(index + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]),
        Name = name,
        NormalizedName = name.ToUpperInvariant(),
        ConcurrencyStamp = name,
    });
}
