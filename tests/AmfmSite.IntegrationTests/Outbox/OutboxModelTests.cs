using AmfmSite.Outbox;
using FsCheck;
using FsCheck.Fluent;

namespace AmfmSite.IntegrationTests.Outbox;

/// <summary>
/// The outbox against a model: two processes with clocks of their own claim, send, fail, hang and crash in any order. Each
/// message is in the end sent or parked, stamped once, and never by somebody who has lost it.
/// </summary>
public sealed class OutboxModelTests
{
    private const int Steps = 60;

    private static readonly Gen<OutboxStep> AnyStep =
        from deed in Gen.Frequency(
            (3, Gen.Constant(OutboxDeed.Add)), (9, Gen.Constant(OutboxDeed.Claim)), (2, Gen.Constant(OutboxDeed.ClaimBoth)), (5, Gen.Constant(OutboxDeed.Sent)),
            (3, Gen.Constant(OutboxDeed.Fail)), (1, Gen.Constant(OutboxDeed.Refuse)), (1, Gen.Constant(OutboxDeed.Drop)), (4, Gen.Constant(OutboxDeed.Crash)),
            (5, Gen.Constant(OutboxDeed.Wait)), (2, Gen.Constant(OutboxDeed.Jump)), (1, Gen.Constant(OutboxDeed.Restart)), (1, Gen.Constant(OutboxDeed.RetryAll)))
        from process in Gen.Choose(0, 1)
        from which in Gen.Choose(0, 99)
        from seconds in Gen.Frequency((3, Gen.Choose(0, 40)), (3, Gen.Choose(100, 300)), (1, Gen.Choose(900, 20_000)), (1, Gen.Choose(90_000, 2_000_000)))
        from sign in Gen.Elements(-1, 1)
        select new OutboxStep(deed, process, which, deed == OutboxDeed.Jump ? sign * seconds : seconds);

    /// <summary>One message and workers that only ever die, so that five silences in a row are reached.</summary>
    private static readonly Gen<OutboxStep> DeadlyStep =
        from deed in Gen.Elements(OutboxDeed.Claim, OutboxDeed.Crash, OutboxDeed.Wait)
        from process in Gen.Choose(0, 1)
        select new OutboxStep(deed, process, 0, 130);

    [Fact]
    public void Walk_OfTwoProcessesInAnyOrder_LosesNothingAndStampsOnce() => Walk(walks: 60);

    [Fact]
    [Trait("Category", "Long")]
    public void Walk_OfTwoProcessesForLong_LosesNothingAndStampsOnce() => Walk(walks: 1500);

    private static void Walk(int walks)
    {
        using var world = new OutboxWorld();
        var lists = Gen.Frequency((5, Gen.ListOf(AnyStep, Steps)), (1, Gen.ListOf(DeadlyStep, Steps).Select(list => list.Prepend(new OutboxStep(OutboxDeed.Add, 0, 0, 0)).ToList())));
        Prop.ForAll(Arb.From(lists.Select(list => list.ToArray()), Shorter), steps => Run(world, steps)).Check(Config.QuickThrowOnFailure.WithMaxTest(walks));
        Assert.True(world.Saw.IsSupersetOf(["sent", "late stamp refused", "taken over", "parked by silence", "parked", "dropped"]), $"Not everything came about: {string.Join(", ", world.Saw)}");
    }

    private static void Run(OutboxWorld world, OutboxStep[] steps) => Task.Run(async () =>
    {
        await world.BeginAsync();
        foreach (var step in steps) await world.TakeAsync(step);
        await world.DrainAsync();
    }).GetAwaiter().GetResult();

    /// <summary>The same without some steps, so that a failure is told in as few as possible.</summary>
    private static IEnumerable<OutboxStep[]> Shorter(OutboxStep[] steps)
    {
        for (var size = steps.Length / 2; size > 0; size /= 2)
            for (var at = 0; at + size <= steps.Length; at += size) yield return [.. steps[..at], .. steps[(at + size)..]];
    }
}
