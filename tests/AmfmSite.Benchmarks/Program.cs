using AmfmSite.Benchmarks;
using AmfmSite.Benchmarks.Naive;

// Measurements, run by hand: dotnet run -c Release --project tests/AmfmSite.Benchmarks -- all
return args switch
{
    ["all"] => await All.RunAsync(),
    ["cached-page"] => await CachedPage.RunAsync(),
    ["drawn-page"] => await DrawnPage.RunAsync(),
    ["cold-start"] => await ColdStart.RunAsync(),
    ["desk-list", .. var index] => await DeskList.RunAsync(index.FirstOrDefault()),
    ["posts"] => await Posts.RunAsync(),
    ["durable"] => await Durable.RunAsync(),
    ["drain"] => await Drain.RunAsync(),
    ["soak", .. var minutes] => await Soak.RunAsync(minutes is [var text] && int.TryParse(text, out var number) ? number : 30),
    ["growth"] => await Growth.RunAsync(),
    ["serve-drawn", .. var rest] => DrawnSite.Run(rest),
    ["serve-naive", var file, var port] when int.TryParse(port, out var number) => await NaiveApp.RunAsync(file, number),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("all           everything there is a goal for but the burst, the drain and the soak, from a published build (needs Debian's wrk and nginx-light)");
    Console.Error.WriteLine("cached-page   a cached page of the real site against the same bytes from bare Kestrel and from nginx, in one run");
    Console.Error.WriteLine("drawn-page    a page drawn for each visitor against a naive one; search");
    Console.Error.WriteLine("cold-start    the first page after the start of the process");
    Console.Error.WriteLine("desk-list     the queue and its searches with 100,000 open requests; an index to try may follow, as SQL");
    Console.Error.WriteLine("posts         5,000 posts of the form, 50 at once, stored and mailed, beside bare commits of the same rows");
    Console.Error.WriteLine("durable       posts of the form, 64 at once, their mails apart");
    Console.Error.WriteLine("drain         10,000 requests while mail is down, then how fast they are mailed");
    Console.Error.WriteLine("soak [30]     so many minutes at 20 posts a second, with a kill each minute");
    Console.Error.WriteLine("growth        a hundred times the pages, a thousand times the requests");
    Console.Error.WriteLine("The variable SITE may name the AmfmSite.dll of a published folder; without it, the one beside this program is measured.");
    return 2;
}
