using System.Globalization;
using Newtonsoft.Json.Linq;
using RunAi.Json;

namespace RunAi.Tests.Json;

public sealed class ShortestNumberTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(2.0 / 3, "0.6666666666666666")]
    [InlineData(0.1, "0.1")]
    [InlineData(-1234.5, "-1234.5")]
    [InlineData(100, "100")]
    [InlineData(999999999999999, "999999999999999")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1.2345678901234568e17, "1.2345678901234568E+17")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1E-05")]
    [InlineData(1e23, "1E+23")]
    [InlineData(90071992547409920, "90071992547409920")]
    [InlineData(1e17, "1E+17")]
    [InlineData(1e-7, "1E-07")]
    [InlineData(5e-324, "5E-324")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(2.2250738585072014E-308, "2.2250738585072014E-308")]
    [InlineData(9007199254740992, "9007199254740992")]
    public void Text_Number_IsWhatNetWrites(double value, string expected) => Assert.Equal(expected, ShortestNumber.Text(value));

    [Theory]
    [InlineData(0.1f, "0.1")]
    [InlineData(1f / 3, "0.33333334")]
    [InlineData(16777216f, "16777216")]
    [InlineData(float.MaxValue, "3.4028235E+38")]
    public void Text_SingleNumber_IsWhatNetWrites(float value, string expected) => Assert.Equal(expected, ShortestNumber.Text(value));

    [SkippableFact]
    public void Text_RandomNumbers_AreWhatNetWrites()
    {
        Skip.If(Edition.IsDesktop, "It is .NET's own form that counts.");
        var random = new Random(5);
        var bytes = new byte[8];
        for (var number = 0; number < 200_000; number++)
        {
            random.NextBytes(bytes);
            var value = number % 4 == 0 ? random.NextDouble() * 100 : number % 4 == 1 ? Math.Pow(2, random.Next(-1070, 1023))
                : number % 4 == 2 ? Math.Round(random.NextDouble() * Math.Pow(10, random.Next(12, 20))) : BitConverter.ToDouble(bytes, 0);
            var single = BitConverter.ToSingle(bytes, 0);

            // .NET 10 writes two of the powers of two as numbers that are read back as others, 2^-25 being one.
            var runtime = value.ToString("R", CultureInfo.InvariantCulture);
            var ours = ShortestNumber.Text(value);
            if (ours != runtime && double.Parse(runtime, CultureInfo.InvariantCulture) == value)
            {
                Assert.Fail($"{ours}, {runtime}");
            }

            Assert.Equal(value, double.Parse(ours, CultureInfo.InvariantCulture));
            Assert.Equal(single.ToString("R", CultureInfo.InvariantCulture), ShortestNumber.Text(single));
        }
    }

    [Fact]
    public void Write_Numbers_HaveTheSameCharactersOnEachEdition() => Assert.Equal(
        """{"a":0.3333333333333333,"b":-0.0,"c":2.0,"d":0.1,"e":1E+20,"f":null,"g":7}""",
        WireJson.Write(new JObject
        {
            ["a"] = 1.0 / 3,
            ["b"] = -0.0,
            ["c"] = 2.0,
            ["d"] = 0.1f,
            ["e"] = 1e20,
            ["f"] = new JValue((double?)null),
            ["g"] = 7,
        }));

    [Fact]
    public void Of_Values_HaveTheSameCharactersOnEachEdition() =>
        Assert.Equal(
            ["0.3333333333333333", "0.1", "12", "", "True"], new object?[] { 1.0 / 3, 0.1f, 12, null, true }.Select(InvariantText.Of));
}
