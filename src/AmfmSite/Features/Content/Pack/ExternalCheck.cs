using System.Net;

namespace AmfmSite.Features.Content.Pack;

/// <summary>Asks other sites whether an address still answers: a few hosts at once, each host one address after the other.</summary>
internal sealed class ExternalCheck(HttpMessageInvoker web, TimeSpan patience, TimeSpan pause)
{
    private const int HostsAtOnce = 4, MostMoves = 5;

    /// <summary>Answers of sites that want no programs: they say nothing about the page.</summary>
    private static readonly int[] WantsPeople = [401, 403, 405, 406, 429, 451, 503, 999];

    /// <param name="answer">Told each address with whether it is well, null when a person has to look, and what was answered. Not by two at once.</param>
    public async Task RunAsync(IEnumerable<Uri> addresses, Action<Uri, bool?, string> answer, CancellationToken cancellation)
    {
        using var one = new SemaphoreSlim(1);
        await Parallel.ForEachAsync(addresses.GroupBy(address => address.Authority), new ParallelOptions { MaxDegreeOfParallelism = HostsAtOnce, CancellationToken = cancellation }, async (host, stop) =>
        {
            var isFirst = true;
            foreach (var address in host)
            {
                if (!isFirst) await Task.Delay(pause, stop);
                isFirst = false;
                var (well, says) = await AskAsync(address, stop);
                await one.WaitAsync(stop);
                answer(address, well, says);
                one.Release();
            }
        });
    }

    private async Task<(bool? Well, string Says)> AskAsync(Uri address, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            var (status, end) = await FollowAsync(HttpMethod.Head, address, limit.Token);

            // Many sites know no HEAD, and some answer it with nonsense.
            if ((int)status >= 400) (status, end) = await FollowAsync(HttpMethod.Get, address, limit.Token);
            var says = end == address ? $"{(int)status}" : $"{(int)status}, moved to {end}";
            return ((int)status is >= 200 and < 300 ? true : WantsPeople.Contains((int)status) ? null : false, says);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (false, $"no answer within {patience.TotalSeconds:0} seconds");
        }
        catch (HttpRequestException fault)
        {
            return (false, fault.InnerException?.Message ?? fault.Message);
        }
    }

    private async Task<(HttpStatusCode Status, Uri End)> FollowAsync(HttpMethod method, Uri address, CancellationToken cancellation)
    {
        for (var moves = 0; ; moves++)
        {
            using var question = new HttpRequestMessage(method, address);
            question.Headers.UserAgent.ParseAdd("AmfmSite-link-check/1.0");

            // The invoker gives the answer once its head is read; its body is never asked for.
            using var answer = await web.SendAsync(question, cancellation);
            if ((int)answer.StatusCode is < 300 or > 399 || answer.Headers.Location is not { } next || moves == MostMoves) return (answer.StatusCode, address);
            address = new Uri(address, next);
            if (address.Scheme is not ("https" or "http")) return (answer.StatusCode, address);
        }
    }
}
