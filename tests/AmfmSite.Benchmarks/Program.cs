using AmfmSite.Benchmarks;

// Measurements, run by hand: dotnet run -c Release --project tests/AmfmSite.Benchmarks -- cached-page
return args switch
{
    ["cached-page", ..] => await CachedPage.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("cached-page   a cached page of the real site against the same bytes from bare Kestrel, in one run (needs wrk)");
    return 2;
}
