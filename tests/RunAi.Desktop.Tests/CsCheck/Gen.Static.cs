namespace CsCheck;

/// <summary>The generators of single values and their combinations.</summary>
internal static class Gen
{
    public static Ints Int { get; } = new();

    public static Longs Long { get; } = new();

    public static Doubles Double { get; } = new();

    public static Chars Char { get; } = new();

    public static Strings String { get; } = new();

    public static Gen<bool> Bool { get; } = new(random => random.Next(2) == 1);

    public static Gen<T> Const<T>(T value) => new(_ => value);

    public static Gen<T> OneOf<T>(params Gen<T>[] choices) => new(random => choices[random.Next(choices.Length)].Generate(random));

    public static Gen<T> OneOf<T>(params T[] choices) => new(random => choices[random.Next(choices.Length)]);

    public static Gen<T> OneOfConst<T>(params T[] choices) => OneOf(choices);

    public static Gen<T?> Nullable<T>(this Gen<T> some)
        where T : struct => new(random => random.Next(5) == 0 ? null : some.Generate(random));

    public static Gen<T?> Null<T>(this Gen<T> some)
        where T : class => new(random => random.Next(5) == 0 ? null : some.Generate(random));

    public static Gen<(T1 First, T2 Second)> Select<T1, T2>(Gen<T1> a, Gen<T2> b) => Select(a, b, (first, second) => (first, second));

    public static Gen<(T1, T2, T3)> Select<T1, T2, T3>(Gen<T1> a, Gen<T2> b, Gen<T3> c) => Select(a, b, c, (x, y, z) => (x, y, z));

    public static Gen<(T1, T2, T3, T4)> Select<T1, T2, T3, T4>(Gen<T1> a, Gen<T2> b, Gen<T3> c, Gen<T4> d) =>
        Select(a, b, c, d, (x, y, z, u) => (x, y, z, u));

    public static Gen<(T1, T2, T3, T4, T5)> Select<T1, T2, T3, T4, T5>(Gen<T1> a, Gen<T2> b, Gen<T3> c, Gen<T4> d, Gen<T5> e) =>
        Select(a, b, c, d, e, (x, y, z, u, v) => (x, y, z, u, v));

    public static Gen<(T1, T2, T3, T4, T5, T6)> Select<T1, T2, T3, T4, T5, T6>(
        Gen<T1> a, Gen<T2> b, Gen<T3> c, Gen<T4> d, Gen<T5> e, Gen<T6> f) =>
        Select(a, b, c, d, e, f, (x, y, z, u, v, w) => (x, y, z, u, v, w));

    public static Gen<(T1, T2, T3, T4, T5, T6, T7)> Select<T1, T2, T3, T4, T5, T6, T7>(
        Gen<T1> a, Gen<T2> b, Gen<T3> c, Gen<T4> d, Gen<T5> e, Gen<T6> f, Gen<T7> g) =>
        Select(a, b, c, d, e, f, g, (x, y, z, u, v, w, t) => (x, y, z, u, v, w, t));

    public static Gen<T> Select<T1, T2, T>(Gen<T1> a, Gen<T2> b, Func<T1, T2, T> map) => new(r => map(a.Generate(r), b.Generate(r)));

    public static Gen<T> Select<T1, T2, T3, T>(Gen<T1> a, Gen<T2> b, Gen<T3> c, Func<T1, T2, T3, T> map) =>
        new(r => map(a.Generate(r), b.Generate(r), c.Generate(r)));

    public static Gen<T> Select<T1, T2, T3, T4, T>(Gen<T1> a, Gen<T2> b, Gen<T3> c, Gen<T4> d, Func<T1, T2, T3, T4, T> map) =>
        new(r => map(a.Generate(r), b.Generate(r), c.Generate(r), d.Generate(r)));

    public static Gen<T> Select<T1, T2, T3, T4, T5, T>(
        Gen<T1> a, Gen<T2> b, Gen<T3> c, Gen<T4> d, Gen<T5> e, Func<T1, T2, T3, T4, T5, T> map) =>
        new(r => map(a.Generate(r), b.Generate(r), c.Generate(r), d.Generate(r), e.Generate(r)));

    public static Gen<T> Select<T1, T2, T3, T4, T5, T6, T>(
        Gen<T1> a, Gen<T2> b, Gen<T3> c, Gen<T4> d, Gen<T5> e, Gen<T6> f, Func<T1, T2, T3, T4, T5, T6, T> map) =>
        new(r => map(a.Generate(r), b.Generate(r), c.Generate(r), d.Generate(r), e.Generate(r), f.Generate(r)));

    public static Gen<T> Select<T1, T2, T3, T4, T5, T6, T7, T>(
        Gen<T1> a, Gen<T2> b, Gen<T3> c, Gen<T4> d, Gen<T5> e, Gen<T6> f, Gen<T7> g, Func<T1, T2, T3, T4, T5, T6, T7, T> map) =>
        new(r => map(a.Generate(r), b.Generate(r), c.Generate(r), d.Generate(r), e.Generate(r), f.Generate(r), g.Generate(r)));

    public static Gen<T> Select<T1, T2, T3, T4, T5, T6, T7, T8, T>(
        Gen<T1> a, Gen<T2> b, Gen<T3> c, Gen<T4> d, Gen<T5> e, Gen<T6> f, Gen<T7> g, Gen<T8> h,
        Func<T1, T2, T3, T4, T5, T6, T7, T8, T> map) =>
        new(r => map(
            a.Generate(r), b.Generate(r), c.Generate(r), d.Generate(r), e.Generate(r), f.Generate(r), g.Generate(r), h.Generate(r)));

    internal sealed class Ints() : Gen<int>(random => random.Next(int.MinValue, int.MaxValue))
    {
        public Gen<int> this[int least, int most] => new(random => (int)(least + (long)(random.NextDouble() * ((long)most - least + 1))));
    }

    internal sealed class Longs() : Gen<long>(random => BitConverter.ToInt64(BitConverter.GetBytes(random.NextDouble()), 0))
    {
        public Gen<long> this[long least, long most] => new(random => least + (long)(random.NextDouble() * (most - least + 1)));
    }

    internal sealed class Doubles() : Gen<double>(random => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 300)))
    {
        public Gen<double> this[double least, double most] => new(random => least + (random.NextDouble() * (most - least)));
    }

    internal sealed class Chars() : Gen<char>(random => (char)random.Next(0, 0xD800))
    {
        public Gen<char> AlphaNumeric => this["abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"];

        public Gen<char> this[string choices] => new(random => choices[random.Next(choices.Length)]);

        public Gen<char> this[char least, char most] => new(random => (char)random.Next(least, most + 1));
    }

    internal sealed class Strings() : Gen<string>(random => new string([.. Char.Array[0, 20].Generate(random)]))
    {
        public Gen<string> this[Gen<char> of, int least, int most] => of.Array[least, most].Select(chars => new string(chars));

        public Gen<string> this[int least, int most] => this[Char, least, most];
    }
}
