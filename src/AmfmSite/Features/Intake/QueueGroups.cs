using System.Linq.Expressions;
using AmfmSite.Features.CallbackRequests;
using Microsoft.EntityFrameworkCore;

namespace AmfmSite.Features.Intake;

/// <summary>
/// The groups of the open requests, in the order in which they are worked: each request stands in exactly one. What sounds
/// like danger comes first for as long as nobody has tried; after that it goes by its time like any other.
/// </summary>
/// <param name="now">UTC.</param>
/// <param name="tomorrow">When the next day begins on the desk's clock, UTC.</param>
internal sealed class QueueGroups(DateTime now, DateTime tomorrow)
{
    public static IReadOnlyList<string> Names { get; } = ["Read first", "Overdue", "Due now", "Today", "Later", "No call planned"];

    private readonly Expression<Func<CallbackRequest, bool>>[] _belong =
    [
        request => request.ReadFirst && request.Status == RequestState.New,
        request => !(request.ReadFirst && request.Status == RequestState.New) && request.DueAt < now,
        request => !(request.ReadFirst && request.Status == RequestState.New) && request.DueAt >= now && request.DueFrom <= now,
        request => !(request.ReadFirst && request.Status == RequestState.New) && request.DueAt >= now && request.DueFrom > now && request.DueFrom < tomorrow,
        request => !(request.ReadFirst && request.Status == RequestState.New) && request.DueAt >= now && request.DueFrom >= tomorrow && request.DueAt < CallbackRequest.NothingDue,
        request => !(request.ReadFirst && request.Status == RequestState.New) && request.DueAt >= CallbackRequest.NothingDue,
    ];

    public IQueryable<CallbackRequest> In(IQueryable<CallbackRequest> requests, int group) => requests.Where(_belong[group]);

    /// <summary>How many stand in each group, counted in one pass over the rows.</summary>
    public async Task<int[]> CountAsync(IQueryable<CallbackRequest> requests, CancellationToken cancellation)
    {
        // all => new[] { all.Count(first), all.Count(second), … }
        var all = Expression.Parameter(typeof(IGrouping<int, CallbackRequest>));
        var counts = _belong.Select(belongs => Expression.Call(typeof(Enumerable), nameof(Enumerable.Count), [typeof(CallbackRequest)], all, belongs));
        var count = Expression.Lambda<Func<IGrouping<int, CallbackRequest>, int[]>>(Expression.NewArrayInit(typeof(int), counts), all);
        return await requests.GroupBy(_ => 1).Select(count).SingleOrDefaultAsync(cancellation) ?? new int[_belong.Length];
    }
}
