namespace AmfmSite.Features.Content;

/// <summary>How well a source carries the sentence that leans on it.</summary>
public enum SupportGrade { Supports, InPart, Background }

/// <summary>How much of the source was read for the grade. A title alone can only be background.</summary>
public enum ReadingBasis { FullText, Abstract, Title }
