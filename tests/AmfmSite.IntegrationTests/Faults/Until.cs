namespace AmfmSite.IntegrationTests.Faults;

/// <summary>Waits for what comes about by itself.</summary>
internal static class Until
{
    /// <param name="meanwhile">Done about once a second while it does not hold.</param>
    public static async Task HoldsAsync(Func<bool> holds, string what, int seconds = 40, Action? meanwhile = null)
    {
        var end = Environment.TickCount64 + seconds * 1000L;
        for (var i = 1; Environment.TickCount64 < end; i++)
        {
            if (holds()) return;
            await Task.Delay(100);
            if (i % 12 == 0) meanwhile?.Invoke();
        }

        Assert.Fail($"It did not come about within {seconds} seconds: {what}");
    }
}
