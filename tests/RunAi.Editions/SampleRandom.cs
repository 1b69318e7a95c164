namespace RunAi.Editions;

/// <summary>The same random values on every runtime (SplitMix64 of Steele, Lea and Flood, 2014).</summary>
internal sealed class SampleRandom(ulong seed)
{
    private ulong _state = seed;

    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public bool OneIn(int count) => Below(count) == 0;

    /// <summary>Any double from <paramref name="least"/> to below <paramref name="most"/>; its shortest form has up to 17 digits.</summary>
    public double Between(double least, double most) => least + ((Next() >> 11) * (1.0 / (1UL << 53)) * (most - least));

    public T Of<T>(params T[] choices) => choices[Below(choices.Length)];

    public string Text(string alphabet, int longest)
    {
        var text = new char[1 + Below(longest)];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = alphabet[Below(alphabet.Length)];
        }

        return new string(text);
    }

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
        {
            bytes[i] = (byte)Next();
        }

        return bytes;
    }

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
