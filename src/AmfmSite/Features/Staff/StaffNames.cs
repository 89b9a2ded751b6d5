using AmfmSite.Storage;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Staff;

/// <summary>The names of accounts, for lists and histories.</summary>
public static class StaffNames
{
    /// <returns>By id; an account that is gone is missing.</returns>
    public static Task<Dictionary<Guid, string>> OfAsync(AmfmDbContext db, IEnumerable<Guid?> staffIds, CancellationToken cancellation)
    {
        var ids = staffIds.OfType<Guid>().Distinct().ToList();
        return db.Users.Where(user => ids.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.UserName ?? "", cancellation);
    }
}
