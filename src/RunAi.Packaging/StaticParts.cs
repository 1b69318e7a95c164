namespace RunAi.Packaging;

/// <summary>What the static step runner is linked with. Those parts are of the machine that it was built on, and in no lock file.</summary>
internal static class StaticParts
{
    private static readonly string[] Platforms = ["linux-x64", "linux-arm64"];

    /// <summary>The parts, where the module has a static step runner.</summary>
    public static IReadOnlyList<ShippedPart> Of(string module)
    {
        var runners = Platforms
            .Select(platform => $"module/bin/step-runner/{platform}/step-runner")
            .Where(path => File.Exists(Path.Combine(module, path)))
            .ToList();
        return runners.Count == 0 ? [] :
        [
            new(
                ".NET runtime", "10.0", "MIT", "Copyright (c) .NET Foundation and Contributors", null, "pkg:github/dotnet/runtime",
                null, runners),
            new("OpenSSL", "3", "Apache-2.0", "Copyright (c) 1998-2026 The OpenSSL Project Authors", null, "pkg:deb/debian/openssl",
                null, runners),
            new("zlib", "1", "Zlib", "Copyright (C) 1995-2026 Jean-loup Gailly and Mark Adler", Zlib, "pkg:deb/debian/zlib", null, runners),
            new(
                "GNU C Library", "2", "LGPL-2.1-or-later", "Copyright (C) Free Software Foundation, Inc.", Glibc, "pkg:deb/debian/glibc",
                null, runners),
        ];
    }

    private const string Zlib = """
        This software is provided 'as-is', without any express or implied warranty. In no event will the authors be held liable for any damages
        arising from the use of this software.

        Permission is granted to anyone to use this software for any purpose, including commercial applications, and to alter it and redistribute
        it freely, subject to the following restrictions:

        1. The origin of this software must not be misrepresented; you must not claim that you wrote the original software. If you use this
           software in a product, an acknowledgment in the product documentation would be appreciated but is not required.
        2. Altered source versions must be plainly marked as such, and must not be misrepresented as being the original software.
        3. This notice may not be removed or altered from any source distribution.
        """;

    private const string Glibc = """
        The step runner is linked statically with the GNU C Library, which is under the GNU Lesser General Public License 2.1 or later
        (https://www.gnu.org/licenses/old-licenses/lgpl-2.1.html). Its source is that of the package libc6 of Debian (https://sources.debian.org).
        The step runner's own source is open: with it, and with .ci/step-runner of the project, anyone can link it with another version of the library.
        """;
}
