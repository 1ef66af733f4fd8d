# fish completion of oc and its programs.  The candidates come from the program itself:
# `oc-price --complete N WORD...` prints them for word N, one a line with a tab and a description.

function __oc_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    command -q $words[1]; or return
    set -l found (command $words[1] --complete (count $words) $words $current 2>/dev/null)
    for line in $found
        if test "$line" = ":files"
            set -l option (string match -r -- '^--[^=]*=' $current)
            for file in (__fish_complete_path (string replace -- "$option" '' $current))
                echo -- "$option$file"
            end
        else
            echo -- $line
        end
    end
end

for program in oc oc-ingest oc-bars oc-cat oc-price oc-chain oc-step oc-mc oc-validate oc-vol
    complete -c $program -f -a '(__oc_complete)'
end
