using System.Diagnostics;

namespace AmfmSite.Benchmarks;

/// <summary>Everything there is a goal for, in one run, from a build that is published as docs/operations.md says.</summary>
internal static class All
{
    public static async Task<int> RunAsync()
    {
        var published = Directory.CreateTempSubdirectory("amfmsite-published-").FullName;
        try
        {
            await PublishAsync(published);
            SiteProgram.Published = Path.Combine(published, "AmfmSite.dll");
            var failed = 0;
            foreach (var run in new Func<Task<int>>[] { ColdStart.RunAsync, CachedPage.RunAsync, DrawnPage.RunAsync, Durable.RunAsync, () => DeskList.RunAsync() }) failed |= await run();
            Report.Print();
            return failed;
        }
        finally
        {
            Directory.Delete(published, recursive: true);
        }
    }

    public static async Task PublishAsync(string directory)
    {
        using var publish = Process.Start("dotnet", ["publish", SiteProgram.Project, "-c", "Release", "-r", "linux-x64", "--self-contained", "false", "-p:RestoreLockedMode=false", "-p:NuGetLockFilePath=" + Path.Combine(directory, "lock.json"), "-v", "q", "-o", directory]);
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0) throw new InvalidOperationException("The site could not be published.");
    }
}
