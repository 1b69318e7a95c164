namespace RunAi.Images;

/// <summary>The checksum of gzip (RFC 1952, section 8), four bytes at a step.</summary>
internal static class Crc32
{
    public const uint Start = 0xffffffff;
    private const uint Polynomial = 0xedb88320;
    private static readonly uint[][] Tables = Build();

    public static uint Update(uint checksum, byte[] buffer, int offset, int count)
    {
        var end = offset + count;
        for (; end - offset >= 4; offset += 4)
        {
            checksum ^= buffer[offset] | ((uint)buffer[offset + 1] << 8) | ((uint)buffer[offset + 2] << 16) | ((uint)buffer[offset + 3] << 24);
            checksum = Tables[3][checksum & 0xff] ^ Tables[2][(checksum >> 8) & 0xff] ^ Tables[1][(checksum >> 16) & 0xff] ^ Tables[0][checksum >> 24];
        }

        for (; offset < end; offset++)
        {
            checksum = Tables[0][(checksum ^ buffer[offset]) & 0xff] ^ (checksum >> 8);
        }

        return checksum;
    }

    private static uint[][] Build()
    {
        var tables = new uint[4][];
        for (var t = 0; t < tables.Length; t++)
        {
            tables[t] = new uint[256];
            for (var i = 0u; i < 256; i++)
            {
                tables[t][i] = t == 0 ? Shift(i) : tables[0][tables[t - 1][i] & 0xff] ^ (tables[t - 1][i] >> 8);
            }
        }

        return tables;
    }

    private static uint Shift(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
        }

        return value;
    }
}
