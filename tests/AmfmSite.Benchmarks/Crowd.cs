using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using AmfmSite.Features.CallbackRequests;

namespace AmfmSite.Benchmarks;

/// <summary>Visitors who ask for a call, each somebody else, and what they were told. Whoever gets no answer posts the same again, as people do.</summary>
internal sealed class Crowd(HttpClient client)
{
    private static readonly TimeSpan PressesAgainAfter = TimeSpan.FromSeconds(2);

    private readonly ConcurrentBag<string> _thanked = [];
    private int _next, _refused, _lost;

    /// <summary>The numbers of those who were thanked, as they are stored; each has one of their own.</summary>
    public IReadOnlyCollection<string> Thanked => _thanked;

    /// <summary>Honest refusals: the form again, with a number to call.</summary>
    public int Refused => _refused;

    /// <summary>Answers that never came; the same person posted again.</summary>
    public int Lost => _lost;

    /// <returns>How long each answer took, in milliseconds, sorted.</returns>
    public async Task<double[]> PostAsync(int count, int atOnce)
    {
        var times = new ConcurrentBag<double>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) => times.Add(await PostAsync()));
        return [.. times.Order()];
    }

    /// <summary>One person, until thanked or refused.</summary>
    /// <returns>Milliseconds until then.</returns>
    public async Task<double> PostAsync()
    {
        var number = Interlocked.Increment(ref _next);
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await client.PostAsync("/request-a-call", Form(number));
                if (answer.StatusCode == HttpStatusCode.SeeOther) _thanked.Add(UsPhone.Parse(Phone(number))!);
                else if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) Interlocked.Increment(ref _refused);
                else throw new InvalidOperationException($"A post was answered {answer.StatusCode}.");
                return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or TaskCanceledException)
            {
                Interlocked.Increment(ref _lost);
                await Task.Delay(PressesAgainAfter);
            }
        }
    }

    private static string Phone(int number) => string.Create(CultureInfo.InvariantCulture, $"{201 + number / 100 % 700}-555-01{number % 100:00}");

    private static FormUrlEncodedContent Form(int number) => new(new Dictionary<string, string>
    {
        ["For"] = "self",
        ["Adult"] = "yes",
        ["Name"] = string.Create(CultureInfo.InvariantCulture, $"Test Heron {number}"),
        ["State"] = "CA",
        ["Phone"] = Phone(number),
        ["Voicemail"] = "neutral",
        ["Note"] = "I have not left the house for some weeks and would like to talk about it.",
        ["Consent"] = "yes",
    });
}
