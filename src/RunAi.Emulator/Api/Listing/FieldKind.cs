namespace RunAi.Emulator.Api.Listing;

/// <summary>How the values of a field compare.</summary>
internal enum FieldKind
{
    Text,
    Number,
    Time,

    /// <summary>Several texts; a condition holds if it holds for one of them.</summary>
    Texts,
}
