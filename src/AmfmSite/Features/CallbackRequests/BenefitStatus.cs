namespace AmfmSite.Features.CallbackRequests;

/// <summary>How far the question to an insurer has come.</summary>
public enum BenefitStatus { NotStarted, Asked, InNetwork, OutOfNetwork, NotCovered, NotToBeHad }
