using AmfmSite.Features.CallbackRequests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AmfmSite.FaultHost;

/// <summary>Before anything of a new request goes to the database.</summary>
internal sealed class SaveFaults(FaultBoard board) : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (StoresRequest(eventData.Context)) await board.ReachAsync("before-begin");
        return result;
    }

    public static bool StoresRequest(DbContext? context) =>
        context?.ChangeTracker.Entries<CallbackRequest>().Any(entry => entry.State == EntityState.Added) == true;
}
