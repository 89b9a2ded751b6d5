using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AmfmSite.FaultHost;

/// <summary>Around the commit of a new request. Thrown after it, the outcome is unknown to the site although it is stored.</summary>
internal sealed class TransactionFaults(FaultBoard board) : DbTransactionInterceptor
{
    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (SaveFaults.StoresRequest(eventData.Context)) await board.ReachAsync("before-commit");
        return result;
    }

    public override async Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (SaveFaults.StoresRequest(eventData.Context)) await board.ReachAsync("after-commit");
    }
}
