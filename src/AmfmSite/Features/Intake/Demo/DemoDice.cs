namespace AmfmSite.Features.Intake.Demo;

/// <summary>Chance that falls the same way each time for the same seed; seeds that lie side by side are as good as any.</summary>
internal sealed class DemoDice(int seed)
{
#pragma warning disable CA5394 // Made-up people need no secrets.
    private readonly Random _random = new(unchecked(seed * (int)0x9E3779B1));

    /// <summary>True so often of one.</summary>
    public bool Chance(double share) => _random.NextDouble() < share;

    public int Between(int least, int most) => _random.Next(least, most + 1);

    public double Share() => _random.NextDouble();
#pragma warning restore CA5394

    public T Pick<T>(IReadOnlyList<T> from) => from[Between(0, from.Count - 1)];

    /// <summary>One of several, each as often as its weight says.</summary>
    public T Pick<T>(params (T What, double Weight)[] from)
    {
        var at = Share() * from.Sum(one => one.Weight);
        foreach (var (what, weight) in from)
        {
            if ((at -= weight) < 0) return what;
        }

        return from[^1].What;
    }

    /// <summary>Times as work has them: mostly around the middle, sometimes much longer.</summary>
    public TimeSpan Around(TimeSpan middle)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - Share())) * Math.Cos(2 * Math.PI * Share());
        return middle * Math.Exp(Math.Clamp(normal, -2, 2));
    }
}
