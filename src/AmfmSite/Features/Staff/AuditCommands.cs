using AmfmSite.Web;

namespace AmfmSite.Features.Staff;

/// <summary><c>audit verify</c>. Prints numbers and times, nothing of what the entries say.</summary>
internal sealed class AuditCommands(AuditVerification verification, AuditHeads heads, TimeProvider clock)
{
    private const int MostPrinted = 1000, TalkEvery = 10_000;

    public async Task<int> VerifyAsync()
    {
        var walk = await verification.RunAsync(
            count =>
            {
                if (count % TalkEvery == 0) CommandLine.Talk($"{count} entries read");
            }, CancellationToken.None);
        var (findings, head) = (walk.Findings, walk.Head);
        foreach (var finding in findings.Take(MostPrinted)) CommandLine.Result(finding.Says);
        if (findings.Count > MostPrinted) CommandLine.Result($"And {findings.Count - MostPrinted} more like these.");
        if (walk.Count > 1 && findings.Count(finding => finding.Sequence > 0) >= walk.Count) CommandLine.Result("None of the entries fits: audit.key is probably not the one they were sealed with. Look for it in the backup of the keys.");
        CommandLine.Result(walk.Count == 0 ? "No entry is sealed yet." : $"{(walk.Count == 1 ? "1 sealed entry" : $"{walk.Count} sealed entries")}; the last has the number {head.Sequence} and the seal {head.Seal}.");
        Note(head, findings.Count);
        return findings.Count == 0 ? 0 : CommandLine.Fault($"{(findings.Count == 1 ? "1 finding" : $"{findings.Count} findings")}. Leave the database as it is, copy it and audit-heads.log, and compare with a backup.");
    }

    private void Note(AuditHead head, int findings)
    {
        try
        {
            heads.Append(new(clock.GetUtcNow().UtcDateTime, head, findings));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            CommandLine.Talk($"This verification could not be noted in audit-heads.log ({fault.Message}), so the desk does not show it.");
        }
    }
}
