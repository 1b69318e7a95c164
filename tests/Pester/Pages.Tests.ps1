BeforeDiscovery {
    # Examples with their output: a block of PowerShell and the block of output that follows it.
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $blocks = foreach ($page in @(Get-Item "$root/README.md") + @(Get-ChildItem "$root/docs" -Recurse -Filter *.md)) {
        $pattern = '(?ms)^```powershell\r?\n(?<code>.*?)^```\s+^```output\r?\n(?<output>.*?)^```'
        foreach ($match in [regex]::Matches((Get-Content $page -Raw), $pattern)) {
            @{ Page = $page.FullName.Substring($root.Length + 1); Code = $match.Groups['code'].Value; Output = $match.Groups['output'].Value }
        }
    }
}

Describe 'A page' {
    It 'shows what comes of its example: <page>' -ForEach $blocks {
        $script = "`$ErrorActionPreference = 'Stop'`nImport-Module '$(Get-TestModule)'`n$code"
        Set-Content "$TestDrive/example.ps1" $script
        $environment = @{ RUNAI_CONFIG = "$TestDrive/runai.json"; RUNAI_STATE = "$TestDrive/state"; RUNAI_CACHE = "$TestDrive/cache"; NO_COLOR = '1' }

        $ended = Invoke-Shell '-File', "$TestDrive/example.ps1" -Environment $environment

        $ended.Errors | Should -BeNullOrEmpty
        $shown = $ended.Output | Remove-WaitLine | ForEach-Object TrimEnd | Where-Object { $_ }
        $shown | Should -BeExactly @($output -split '\r?\n' | ForEach-Object TrimEnd | Where-Object { $_ })
    }

    It 'is README, of at most 120 lines' {
        @(Get-Content "$PSScriptRoot/../../README.md").Count | Should -BeLessOrEqual 120
    }
}
