namespace CsCheck;

/// <summary>
/// What the tests use of CsCheck, which has no build for .NET Framework. The seed is fixed; nothing is shrunk: a failure prints its case
/// number.
/// </summary>
/// <param name="make">Makes one value.</param>
internal class Gen<T>(Func<Random, T> make)
{
    public T Generate(Random random) => make(random);

    public Lists<T[]> Array => new(this, values => [.. values]);

    public Lists<List<T>> List => new(this, values => values);

    public Gen<TOther> Select<TOther>(Func<T, TOther> map) => new(random => map(make(random)));

    public Gen<TOther> SelectMany<TOther>(Func<T, Gen<TOther>> map) => new(random => map(make(random)).Generate(random));

    public Gen<T> Where(Func<T, bool> wanted) => new(random =>
    {
        while (true)
        {
            var value = make(random);
            if (wanted(value))
            {
                return value;
            }
        }
    });

    /// <summary>Collections of a length within bounds, both included.</summary>
    internal sealed class Lists<TList>(Gen<T> item, Func<List<T>, TList> make)
    {
        public Gen<TList> this[int length] => this[length, length];

        public Gen<TList> this[int least, int most] => new(random =>
        {
            var values = new List<T>();
            for (var rest = random.Next(least, most + 1); rest > 0; rest--)
            {
                values.Add(item.Generate(random));
            }

            return make(values);
        });
    }
}
