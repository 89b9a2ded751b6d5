using AmfmSite.Outbox;

namespace AmfmSite.UnitTests.Outbox;

public sealed class OutboxMessageTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void New_IsDueAsAskedAndUntried()
    {
        var request = Guid.NewGuid();
        var message = new OutboxMessage(OutboxKind.Reminder, request, Now, Now.AddHours(1), "example.org");
        Assert.Equal((OutboxKind.Reminder, request, Now, Now.AddHours(1), 0), (message.Kind, message.RequestId!.Value, message.CreatedAt, message.DueAt, message.Attempts));
        Assert.Equal((null, null, null, null, null), (message.LeaseToken, message.LeasedUntil, message.SentAt, message.ParkedAt, message.LastError));
        Assert.Equal($"{message.Id:N}@example.org", message.MessageId);
    }

    [Fact]
    public void Once_OfTheSameName_HasTheSameKeyAtAnyTimeAndOfAnotherNameAnother()
    {
        var first = OutboxMessage.Once("reviews 2026-11", OutboxKind.ReviewsDue, Now, "example.org");
        var second = OutboxMessage.Once("reviews 2026-11", OutboxKind.ReviewsDue, Now.AddDays(3), "example.org");
        Assert.Equal((first.Id, first.MessageId), (second.Id, second.MessageId));
        Assert.Equal($"{first.Id:N}@example.org", first.MessageId);
        Assert.Equal((null, Now, Now), (first.RequestId, first.CreatedAt, first.DueAt));
        Assert.NotEqual(first.Id, OutboxMessage.Once("reviews 2026-12", OutboxKind.ReviewsDue, Now, "example.org").Id);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(4, 80)]
    [InlineData(7, 640)]
    [InlineData(8, 900)]
    [InlineData(100_000, 900)]
    public void PauseAfter_Attempts_DoublesFromTenSecondsToFifteenMinutes(int attempts, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), OutboxMessage.PauseAfter(attempts));
}
