namespace RunAi.Emulator.Api.Listing;

/// <summary>A query parameter breaks the document's grammar; answered with 400.</summary>
internal sealed class QueryException(string message) : Exception(message);
