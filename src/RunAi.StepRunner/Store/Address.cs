namespace RunAi.StepRunner.Store;

/// <summary>An object's address: a pre-signed URL, or a path.</summary>
internal static class Address
{
    public static bool IsUrl(string address) =>
        address.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>A path, also when it is written as <c>file://</c>.</summary>
    public static string Path(string address) =>
        address.StartsWith("file://", StringComparison.OrdinalIgnoreCase) ? new Uri(address).LocalPath : address;

    /// <summary>What may be shown: without the query, which is the permission.</summary>
    public static string Show(string address)
    {
        if (!IsUrl(address))
        {
            return address;
        }

        var end = address.AsSpan().IndexOfAny('?', '#');
        var plain = end < 0 ? address : address[..end];
        var user = plain.LastIndexOf('@');
        return user < 0 ? plain : string.Concat(plain.AsSpan(0, plain.IndexOf("//", StringComparison.Ordinal) + 2), plain.AsSpan(user + 1));
    }
}
