using CsCheck;
using RunAi.ControlPlane;

namespace RunAi.Tests.ControlPlane;

public class WildcardFilterTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("train-1", "name==train-1", true)]
    [InlineData("train-*", "name=^train-", true)]
    [InlineData("*-1", "name=$-1", true)]
    [InlineData("*rai*", "name=@rai", true)]
    [InlineData("t*1", "name=^t name=$1", false)]
    [InlineData("t*a*1", "name=^t name=@a name=$1", false)]
    [InlineData("train-?", "name=^train-", false)]
    [InlineData("train-[12]", "name=^train-", false)]
    [InlineData("a`*b", "name==a*b", true)]
    [InlineData("a[b", "name==a[b", true)]
    [InlineData("a,b", "", false)]
    [InlineData("a,*b", "name=$b", false)]
    public void Of_APattern_IsFiltersAsFarAsTheGrammarGoes(string pattern, string filters, bool isExact)
    {
        var (found, exact) = WildcardFilter.Of("name", pattern);

        Assert.Equal((filters, isExact), (string.Join(' ', found), exact));
    }

    [Fact]
    public void Of_EveryPattern_LosesNoNameAndLetsNoneInWhenItSaysSo()
    {
        var patterns = Gen.Char["ab*?"].Array[0, 6].Select(letters => new string(letters)).Where(pattern => pattern.Length > 0);
        var names = Gen.Char["ab"].Array[1, 6].Select(letters => new string(letters));

        Gen.Select(patterns, names).Sample((pattern, name) =>
        {
            var (filters, isExact) = WildcardFilter.Of("name", pattern);
            var matches = Matches(pattern, name);
            var passes = filters.All(filter => Passes(filter, name));
            return isExact ? matches == passes : passes || !matches;
        }, iter: 20_000);
    }

    private static bool Passes(string filter, string name) => filter.Substring(4, 2) switch
    {
        "==" => name == filter[6..],
        "=^" => name.StartsWith(filter[6..], StringComparison.Ordinal),
        "=$" => name.EndsWith(filter[6..], StringComparison.Ordinal),
        _ => name.Contains(filter[6..], StringComparison.Ordinal),
    };

    /// <summary>Written another way than what is tested: letter by letter.</summary>
    private static bool Matches(string pattern, string name) => pattern.Length == 0
        ? name.Length == 0
        : pattern[0] == '*'
            ? Matches(pattern[1..], name) || (name.Length > 0 && Matches(pattern, name[1..]))
            : name.Length > 0 && (pattern[0] == '?' || pattern[0] == name[0]) && Matches(pattern[1..], name[1..]);
}
