namespace RunAi.Tests;

/// <summary>Members of the same names as some in <see cref="Shims"/>, which one class cannot hold.</summary>
internal static class Namesakes
{
    extension(DateTimeOffset)
    {
        public static DateTimeOffset UnixEpoch => new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }

    extension(Directory)
    {
        public static void CreateSymbolicLink(string path, string target) => Assert.Equal(0, Shims.Link(target, path));
    }
}
