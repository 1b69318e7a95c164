using RunAi.Preflight;

namespace RunAi.Tests.Preflight;

/// <summary>Amounts are told in the unit that the user wrote.</summary>
public sealed class MemorySizeTests
{
    [Theory]
    [InlineData("20Gi", 21_474_836_480L, "20Gi")]
    [InlineData("20Gi", 17_179_869_184L, "16Gi")]
    [InlineData("20G", 17_179_869_184L, "17.18G")]
    [InlineData("512Mi", 17_179_869_184L, "16384Mi")]
    [InlineData("4096", 16_000_000_000L, "16 GB")]
    [InlineData(null, 16_000_000_000L, "16 GB")]
    public void Like_KeepsTheUnit(string? written, long bytes, string expected) => Assert.Equal(expected, MemorySize.Like(written, bytes));
}
