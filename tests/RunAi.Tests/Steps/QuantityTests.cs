using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using CsCheck;
using RunAi.Steps;

namespace RunAi.Tests.Steps;

public sealed class QuantityTests
{
    private const string DocumentPattern = @"^([+]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$";

    private static readonly (string Suffix, BigInteger Nano)[] Suffixes =
    [
        ("n", 1), ("u", 1000), ("m", BigInteger.Pow(10, 6)), ("", BigInteger.Pow(10, 9)), ("k", BigInteger.Pow(10, 12)),
        ("M", BigInteger.Pow(10, 15)), ("G", BigInteger.Pow(10, 18)), ("T", BigInteger.Pow(10, 21)), ("P", BigInteger.Pow(10, 24)),
        ("Ki", BigInteger.Pow(10, 9) << 10), ("Mi", BigInteger.Pow(10, 9) << 20), ("Gi", BigInteger.Pow(10, 9) << 30),
        ("Ti", BigInteger.Pow(10, 9) << 40), ("Pi", BigInteger.Pow(10, 9) << 50),
        ("e2", BigInteger.Pow(10, 11)), ("E-3", BigInteger.Pow(10, 6)), ("e+6", BigInteger.Pow(10, 15)),
    ];

    private static readonly Gen<(string Text, BigInteger Nano1000)> Known =
        Gen.Select(Gen.Bool, Gen.Int[0, 5000], Gen.Int[0, 3], Gen.Int[0, 999], Gen.Int[0, Suffixes.Length - 1],
            (plus, whole, digits, thousandths, suffix) =>
            {
                var fraction = thousandths.ToString("000", CultureInfo.InvariantCulture)[..digits];
                BigInteger value = (whole * 1000) + int.Parse(fraction.PadRight(3, '0'), CultureInfo.InvariantCulture);
                var number = whole.ToString(CultureInfo.InvariantCulture) + (digits > 0 ? "." + fraction : "");
                return ((plus ? "+" : "") + number + Suffixes[suffix].Suffix, value * Suffixes[suffix].Nano);
            });

    [Fact]
    public void TryParse_AnyQuantityOfTheGrammar_FitsTheDocumentAndKeepsItsSpelling() => Known.Sample(known =>
    {
        Assert.True(Quantity.TryParse(known.Text, out Quantity? quantity, out _), known.Text);
        Assert.Equal(known.Text, quantity.Text);
        Assert.Matches(DocumentPattern, known.Text);
        Assert.Equal(known.Nano1000.Sign > 0, quantity.IsPositive);
    });

    [Fact]
    public void CompareTo_AnyTwoQuantities_ComparesTheirExactAmounts() => Gen.Select(Known, Known).Sample((item, other) =>
        Assert.Equal(
            item.Nano1000.CompareTo(other.Nano1000),
            Math.Sign(Read(item.Text).CompareTo(Read(other.Text)))));

    [Fact]
    public void TryParse_AnyTextThatIsAccepted_FitsTheDocument() =>
        Gen.String[Gen.Char["+-.0123456789eEinumkKMGTPiB \n"], 0, 8].Sample(
            text => !Quantity.TryParse(text, out _, out var flaw)
                ? flaw.Contains($"'{text}'", StringComparison.Ordinal)
                : Regex.IsMatch(text, DocumentPattern) && !text.EndsWith('\n'),
            iter: 20_000);

    [Theory]
    [InlineData("4G", "4000M")]
    [InlineData("1Gi", "1073741824")]
    [InlineData("1.5k", "1500")]
    [InlineData("1e3", "1k")]
    [InlineData(".5M", "500k")]
    [InlineData("5.", "5")]
    [InlineData("1E", "1000P")]
    [InlineData("1000m", "1")]
    public void CompareTo_SameAmountSpeltInTwoWays_IsEqual(string first, string other) =>
        Assert.Equal(0, Read(first).CompareTo(Read(other)));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("G")]
    [InlineData("1.2.3")]
    [InlineData("5ii")]
    [InlineData("4GB")]
    [InlineData("4g")]
    [InlineData("4K")]
    [InlineData("4 G")]
    [InlineData(" 4G")]
    [InlineData("4G\n")]
    [InlineData("-1")]
    [InlineData("1e")]
    [InlineData("1e1.5")]
    [InlineData("1Gi5")]
    [InlineData("٤G")]
    public void TryParse_WhatKubernetesDoesNotRead_IsRefusedWithTheGrammar(string text)
    {
        Assert.False(Quantity.TryParse(text, out Quantity? quantity, out var flaw));
        Assert.Null(quantity);
        Assert.Contains("such as 4G or 512Mi", flaw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("16E")]
    [InlineData("9223372036854775808")]
    [InlineData("1e999999999")]
    [InlineData("1e99999999999999999999")]
    [InlineData("1e-65")]
    public void TryParse_MoreThanAClusterCounts_IsRefused(string text)
    {
        Assert.False(Quantity.TryParse(text, out _, out var flaw));
        Assert.Contains("2^63 - 1", flaw, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_TheMostAClusterCounts_IsRead() => Assert.True(Read("9223372036854775807").IsPositive);

    private static Quantity Read(string text) =>
        Quantity.TryParse(text, out Quantity? quantity, out var flaw) ? quantity : throw new InvalidOperationException(flaw);
}
