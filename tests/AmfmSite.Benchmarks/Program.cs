using AmfmSite.Benchmarks;

// Measurements, run by hand: dotnet run -c Release --project tests/AmfmSite.Benchmarks -- cached-page
return args switch
{
    ["cached-page", ..] => await CachedPage.RunAsync(),
    ["desk-list", .. var index] => await DeskList.RunAsync(index.FirstOrDefault()),
    ["posts"] => await Posts.RunAsync(),
    ["durable"] => await Durable.RunAsync(),
    ["drain"] => await Drain.RunAsync(),
    ["soak", .. var minutes] => await Soak.RunAsync(minutes is [var text] && int.TryParse(text, out var number) ? number : 30),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("cached-page   a cached page of the real site against the same bytes from bare Kestrel, in one run (needs wrk)");
    Console.Error.WriteLine("desk-list     the queue and its searches with 100,000 open requests; an index to try may follow, as SQL");
    Console.Error.WriteLine("posts         5,000 posts of the form, 50 at once, stored and mailed, beside bare commits of the same rows");
    Console.Error.WriteLine("drain         10,000 requests while mail is down, then how fast they are mailed");
    Console.Error.WriteLine("soak [30]     so many minutes at 20 posts a second, with a kill each minute");
    Console.Error.WriteLine("The variable SITE may name the AmfmSite.dll of a published folder; without it, the one beside this program is measured.");
    return 2;
}
