Describe 'build.ps1' -Skip:$IsWindows {
    BeforeAll {
        # Stands for dotnet, and writes down each word that it is given.
        $null = New-Item -ItemType Directory "$TestDrive/bin"
        Set-Content "$TestDrive/bin/dotnet" "#!/bin/sh`nprintf '%s\n' ""`$@"" >> '$TestDrive/words'"
        chmod 755 "$TestDrive/bin/dotnet"
    }

    It '-Task <task> gives dotnet its words whole' -ForEach @(
        @{ Task = 'Build'; Words = @('build') }
        @{ Task = 'Test'; Words = @('test') }
        @{ Task = 'Package'; Words = 'build', 'src/RunAi.Module', '-t:Package', '-p:ReadyToRun=true' }
    ) {
        Remove-Item "$TestDrive/words" -ErrorAction Ignore
        $script = "$PSScriptRoot/../../build.ps1"

        $ended = Invoke-Shell '-File', $script, '-Task', $task -Environment @{ PATH = "$TestDrive/bin$([IO.Path]::PathSeparator)$env:PATH" }

        $ended.Errors | Should -BeNullOrEmpty
        $ended.ExitCode | Should -Be 0
        Get-Content "$TestDrive/words" | Should -BeExactly $words
    }
}
