using RunAi.Emulator.Scheduling;

namespace RunAi.Emulator.Tests;

public class QuantityTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.5G", "1500000000")]
    [InlineData("4Gi", "4294967296")]
    [InlineData("500m", "0.5")]
    [InlineData("2e3", "2000")]
    [InlineData("2E-3", "0.002")]
    [InlineData("1E", "1000000000000000000")]
    [InlineData("+3k", "3000")]
    public void Parse_OfAQuantity_GivesItsAmount(string text, string expected)
    {
        Assert.True(Quantity.TryParse(text, out var value));
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("G")]
    [InlineData("1.2.3")]
    [InlineData("5ii")]
    [InlineData("1 G")]
    [InlineData("1e99")]
    [InlineData("99999999999999999999E")]
    public void Parse_OfAnythingElse_Fails(string? text) => Assert.False(Quantity.TryParse(text, out _));

    [Theory]
    [InlineData(4294967296, "4Gi")]
    [InlineData(1000, "1000")]
    [InlineData(2048, "2Ki")]
    [InlineData(0, "0")]
    public void Format_OfBytes_TakesTheLargestExactSuffix(long bytes, string expected) =>
        Assert.Equal(expected, Quantity.Format(bytes));
}
