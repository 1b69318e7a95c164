Describe 'The package' {
    BeforeAll {
        $folder = Split-Path (Split-Path (Split-Path (Get-TestModule)))
        $version = Split-Path (Split-Path (Get-TestModule)) -Leaf
        $package = Get-Item "$folder/RunAi.$version*.nupkg"
        # A user who has nothing yet.
        $user = @{ HOME = "$TestDrive/home"; RUNAI_CONFIG = $null; RUNAI_STATE = $null; RUNAI_CACHE = $null; PSModulePath = $null }
        foreach ($name in 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME') { $user[$name] = $null }
        $null = New-Item -ItemType Directory $user.HOME

        function Invoke-User([string] $Script) {
            Set-Content "$TestDrive/user.ps1" "`$ErrorActionPreference = 'Stop'`n`$ProgressPreference = 'SilentlyContinue'`n$Script"
            $ended = Invoke-Shell '-File', "$TestDrive/user.ps1" -Environment $user
            if ($ended.ExitCode) { throw "$($ended.Output) $($ended.Errors)" }
            $ended.Output
        }

        $found = Invoke-User @"
            Register-PSResourceRepository here -Uri '$folder' -Trusted
            Install-PSResource RunAi -Repository here -Prerelease -WarningAction SilentlyContinue
            Find-PSResource RunAi -Repository here -Prerelease | Select-Object Name, @{ n = 'Version'; e = { "`$(`$_.Version)" } }, ProjectUri, IconUri, ReleaseNotes, Tags | ConvertTo-Json
"@ | ConvertFrom-Json
    }

    It 'is one file of less than 100 MB, the limit of Azure Automation' {
        @($package).Count | Should -Be 1
        $package.Length | Should -BeLessThan 100MB
    }

    It 'is found with address, icon and notes' {
        $found.Name | Should -BeExactly 'RunAi'
        $found.Version | Should -BeLike "$version*"
        foreach ($field in 'ProjectUri', 'IconUri', 'ReleaseNotes') { "$($found.$field)" | Should -Match '^https://' -Because $field }
        $found.Tags | Should -Contain 'PSEdition_Desktop'
    }

    It 'is installed under an empty HOME, imported by its name, and runs the main job on the emulator' {
        $null = New-Item -ItemType Directory "$TestDrive/samples"
        Copy-Item "$PSScriptRoot/../../samples/*" "$TestDrive/samples" -Recurse
        $sample = Get-Content "$TestDrive/samples/iris.ps1" -Raw
        Set-Content "$TestDrive/samples/iris.ps1" $sample.Replace('Import-Module "$PSScriptRoot/../RunAi.psd1"', 'Import-Module RunAi')

        $output = Invoke-User @"
            & '$TestDrive/samples/iris.ps1' | Out-String -Width 120
            (Get-Module RunAi).ModuleBase
            (Get-Help Invoke-RunAiStep).Synopsis
"@

        $output | Should -Match 'Accuracy on flowers it has not seen: 0\.\d+'
        $output | Should -Match ([regex]::Escape("$TestDrive/home".Replace('\', '/')))
        $output | Should -Match 'Runs a step: submits it'
    }

    It 'has checksums that hold, of every file' {
        $module = Split-Path (Get-TestModule)
        $sums = Get-Content "$module/SHA256SUMS" | ForEach-Object { , ($_ -split '  ', 2) }
        $sums.ForEach({ $_[1] }) | Sort-Object | Should -BeExactly @(
            Get-ChildItem $module -Recurse -File | ForEach-Object { $_.FullName.Substring($module.Length + 1).Replace('\', '/') } |
                Where-Object { $_ -ne 'SHA256SUMS' } | Sort-Object)
        foreach ($sum in $sums) { (Get-FileHash "$module/$($sum[1])").Hash | Should -Be $sum[0] -Because $sum[1] }
    }

    It 'names every assembly of others in its notices, and every part in its bill of materials' {
        $module = Split-Path (Get-TestModule)
        $notices = Get-Content "$module/ThirdPartyNotices.txt" -Raw
        $own = 'RunAi.dll', 'RunAi.PowerShell.dll', 'RunAi.Emulator.dll', 'step-runner.dll'
        Get-ChildItem "$module/module/bin" -Recurse -Filter *.dll | Where-Object Name -NotIn $own | ForEach-Object {
            $notices.Contains($_.FullName.Substring($module.Length + 1).Replace('\', '/')) | Should -BeTrue -Because $_.Name
        }
        foreach ($license in 'Permission is hereby granted, free of charge', 'Apache License', 'BSD 3-Clause') { $notices | Should -Match $license }
        $bill = Get-Content "$module/sbom.cdx.json" -Raw | ConvertFrom-Json
        $bill.specVersion | Should -BeExactly '1.6'
        $bill.components.Count | Should -BeGreaterThan 40
        $bill.components.ForEach({ "$($_.licenses.license.id)" }) | Should -Not -Contain ''
    }

    It 'asks for PowerShell 7.4 on Core and for 5.1 on Desktop' {
        (Test-ModuleManifest (Get-TestModule)).PowerShellVersion | Should -Be '7.4'
        $tree = [System.Management.Automation.Language.Parser]::ParseFile((Get-TestModule), [ref] $null, [ref] $null)
        $table = $tree.Find({ $args[0] -is [System.Management.Automation.Language.HashtableAst] }, $false)
        $minimum = $table.KeyValuePairs.Where({ "$($_.Item1)" -eq 'PowerShellVersion' }).Item2.Extent.Text
        Invoke-Expression $minimum.Replace('$PSEdition', '$edition').Insert(0, "`$edition = 'Desktop'; ") | Should -Be '5.1'
    }
}
