using AmfmSite.Storage.Sealing;

namespace AmfmSite.Features.CallbackRequests;

/// <summary>What was asked of an insurer for one request, and what it said. Insurer and answer are sealed.</summary>
public sealed class BenefitCheck
{
    public const int InsurerLength = 100, AnswerLength = 500;

    private byte[] _insurer = [], _answer = [];

    private BenefitCheck() { }

    public BenefitCheck(Guid requestId) => RequestId = requestId;

    /// <summary>Its key: one check a request.</summary>
    public Guid RequestId { get; private set; }

    public BenefitStatus Status { get; private set; }
    public Guid StaffId { get; private set; }

    /// <summary>UTC, of the last change.</summary>
    public DateTime At { get; private set; }

    /// <summary>Grows with every change.</summary>
    public int RowVersion { get; private set; }

    public Sealed Insurer => new(_insurer, SealedField.Insurer, RequestId);
    public Sealed Answer => new(_answer, SealedField.BenefitAnswer, RequestId);

    public void Write(BenefitStatus status, string insurer, string answer, Guid staffId, Vault vault, DateTime now)
    {
        (Status, StaffId, At) = (status, staffId, now);
        _insurer = vault.Seal(SealedField.Insurer, RequestId, insurer).Cipher;
        _answer = vault.Seal(SealedField.BenefitAnswer, RequestId, answer).Cipher;
        RowVersion++;
    }
}
