namespace RunAi.ControlPlane;

/// <summary>Where a list of the API is: its path, the property that holds its rows, and what it is asked for.</summary>
internal sealed record ListEndpoint(string Path, string Rows, string Purpose);
