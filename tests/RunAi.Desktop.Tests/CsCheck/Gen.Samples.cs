namespace CsCheck;

/// <summary>Checks of values, and query expressions: extensions, as CsCheck has them.</summary>
internal static class GenSamples
{
    public static Gen<TOther> SelectMany<T, TNext, TOther>(this Gen<T> gen, Func<T, Gen<TNext>> next, Func<T, TNext, TOther> map) =>
        new(random =>
        {
            var value = gen.Generate(random);
            return map(value, next(value).Generate(random));
        });

    public static void Sample<T>(this Gen<T> gen, Action<T> check, long iter = 100, int threads = 1)
    {
        Assert.Equal(1, threads);
        var random = new Random(20260101);
        for (var number = 0; number < iter; number++)
        {
            var value = gen.Generate(random);
            try
            {
                check(value);
            }
            catch (Exception failed)
            {
                throw new InvalidOperationException($"Case {number} of {iter}, {value}: {failed.Message}", failed);
            }
        }
    }

    public static void Sample<T>(this Gen<T> gen, Func<T, bool> check, long iter = 100, int threads = 1) =>
        gen.Sample(value => { Assert.True(check(value)); }, iter, threads);

    public static void Sample<T1, T2>(this Gen<(T1, T2)> gen, Action<T1, T2> check, long iter = 100, int threads = 1) =>
        gen.Sample(v => check(v.Item1, v.Item2), iter, threads);

    public static void Sample<T1, T2>(this Gen<(T1, T2)> gen, Func<T1, T2, bool> check, long iter = 100, int threads = 1) =>
        gen.Sample(v => check(v.Item1, v.Item2), iter, threads);

    public static void Sample<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, Action<T1, T2, T3> check, long iter = 100, int threads = 1) =>
        gen.Sample(v => check(v.Item1, v.Item2, v.Item3), iter, threads);

    public static void Sample<T1, T2, T3, T4>(
        this Gen<(T1, T2, T3, T4)> gen, Action<T1, T2, T3, T4> check, long iter = 100, int threads = 1) =>
        gen.Sample(v => check(v.Item1, v.Item2, v.Item3, v.Item4), iter, threads);

    public static void Sample<T1, T2, T3, T4>(
        this Gen<(T1, T2, T3, T4)> gen, Func<T1, T2, T3, T4, bool> check, long iter = 100, int threads = 1) =>
        gen.Sample(v => check(v.Item1, v.Item2, v.Item3, v.Item4), iter, threads);

    public static void Sample<T1, T2, T3, T4, T5, T6, T7>(
        this Gen<(T1, T2, T3, T4, T5, T6, T7)> gen, Action<T1, T2, T3, T4, T5, T6, T7> check, long iter = 100, int threads = 1) =>
        gen.Sample(v => check(v.Item1, v.Item2, v.Item3, v.Item4, v.Item5, v.Item6, v.Item7), iter, threads);
}
