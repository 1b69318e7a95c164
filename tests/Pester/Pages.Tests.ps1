BeforeDiscovery {
    # The examples of a page, each with the block of output that follows it, if there is one.
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $unrun = (Import-PowerShellDataFile "$PSScriptRoot/Support/Pages/Unrun.psd1").Keys
    $files = @(Get-Item "$root/README.md")
    $files += @(Get-ChildItem "$root/docs" -Recurse -Filter *.md | Where-Object DirectoryName -notmatch 'reference')
    $pages = foreach ($file in $files) {
        $pattern = '(?ms)^```powershell\r?\n(?<code>.*?)^```(?:\s+^```output\r?\n(?<output>.*?)^```)?'
        $number = 0
        $examples = foreach ($match in [regex]::Matches((Get-Content $file -Raw), $pattern)) {
            $code = $match.Groups['code'].Value
            if ($unrun.Where({ $code.Contains($_) })) { continue }
            $output = $match.Groups['output'].Success ? $match.Groups['output'].Value : $null
            @{ Number = $number++; Code = $code; First = ($code -split '\r?\n')[0]; Output = $output }
        }
        if ($examples) { @{ Page = $file.FullName.Substring($root.Length + 1).Replace('\', '/'); Examples = @($examples) } }
    }
}

Describe 'A page' -Skip:$IsWindows {
    Context '<page>' -ForEach $pages {
        BeforeAll {
            $folder = "$TestDrive/$([guid]::NewGuid().ToString('N'))"
            $null = New-Item -ItemType Directory $folder
            ConvertTo-Json @($examples.Code) | Set-Content "$folder/plan.json"
            $variables = @{
                RUNAI_CONFIG = "$folder/runai.json"; RUNAI_STATE = "$folder/state"; RUNAI_CACHE = "$folder/cache"; NO_COLOR = '1'
            }
            $run = "$PSScriptRoot/Support/Pages/Run.ps1"
            $given = $folder, (Get-TestModule), (Get-ShellCommand)[1], "$folder/plan.json", "$folder/result.json"
            $ended = Invoke-Shell (@('-File', $run) + $given) -Environment $variables
            $printed = if (Test-Path "$folder/result.json") { Get-Content -Raw "$folder/result.json" | ConvertFrom-Json }

            # What differs from run to run is told by its kind, and blanks are left aside: columns are as wide as what they hold.
            function Get-Lasting([string[]] $Lines) {
                $text = ($Lines -join "`n") -creplace 'https?://(127\.0\.0\.1:\d+|org\.run\.ai)', 'ADDRESS'
                $text = $text -creplace '\b[0-9A-HJKMNP-TV-Z]{26}\b', 'RUN'
                $text = $text -replace '\b(runai-[a-z0-9-]+?)-[a-z0-9]{8}\b', '$1-SUFFIX'
                $text = $text -replace '\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b', 'UUID'
                $text = $text -replace '\b[0-9a-f]{64}\b', 'DIGEST'
                $text = $text -replace '\b\d\d:\d\d:\d\d(\.\d+)?\b', 'TIME' -replace '\b\d\d-\d\d \d\d:\d\d\b', 'DATE'
                $text = $text -replace '\b\d+ MB\b', 'SIZE' -replace '(client id )(emulator|my-service-account)\b', '$1CLIENT'
                $text -replace '[\s-]+', ''
            }
        }

        It 'has examples that run' {
            $printed | Should -HaveCount $examples.Count -Because "$($ended.Errors) $($ended.Output)"
        }

        It 'shows what comes of: <first>' -ForEach $examples {
            $own = @($printed)[$number]
            if ($null -eq $output) {
                $own.Failure | Should -BeNullOrEmpty
                return
            }

            # Three dots stand for what is left out.
            $parts = $output -split '(?m)^\.\.\.\r?$' | ForEach-Object { [regex]::Escape((Get-Lasting $_)) }
            $given = @($own.Lines | Remove-WaitLine)
            Get-Lasting $given | Should -Match "^$($parts -join '.*')$" -Because "it prints:`n$($given -join "`n")`n$($own.Failure)"
        }
    }
}

Describe 'README' {
    It 'is of at most 120 lines' {
        @(Get-Content "$PSScriptRoot/../../README.md").Count | Should -BeLessOrEqual 120
    }

    It 'and docs have no example that is left out without being there' {
        $text = Get-ChildItem "$PSScriptRoot/../../README.md", "$PSScriptRoot/../../docs/*.md" | Get-Content -Raw | Out-String
        foreach ($left in (Import-PowerShellDataFile "$PSScriptRoot/Support/Pages/Unrun.psd1").Keys) {
            $text.Contains($left) | Should -BeTrue -Because $left
        }
    }
}
