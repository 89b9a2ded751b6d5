using System.Diagnostics;

namespace AmfmSite.Benchmarks;

/// <summary>nginx (Debian's package nginx-light) that sends one file with the headers it is told.</summary>
internal sealed class Nginx : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("amfmsite-nginx-").FullName;
    private readonly Process _process;

    public Nginx(byte[] bytes, IEnumerable<(string Name, string Value)> headers, int port)
    {
        File.WriteAllBytes(Path.Combine(_directory, "page"), bytes);
        var settings = Path.Combine(_directory, "nginx.conf");

        // The ETag is nginx's own, of the file; everything else as the site sends it.
        var lines = headers.Where(header => header.Name is not ("Content-Type" or "ETag")).Select(header => $"add_header {header.Name} '{header.Value.Replace("'", "\\'", StringComparison.Ordinal)}';");
        File.WriteAllText(settings, $$"""
            daemon off;
            worker_processes 1;
            pid {{_directory}}/pid;
            error_log {{_directory}}/error.log;
            events { worker_connections 512; }
            http {
                access_log off;
                sendfile on;
                open_file_cache max=10;
                client_body_temp_path {{_directory}}; proxy_temp_path {{_directory}}; fastcgi_temp_path {{_directory}}; uwsgi_temp_path {{_directory}}; scgi_temp_path {{_directory}};
                server {
                    listen 127.0.0.1:{{port}};
                    root {{_directory}};
                    location / { default_type "text/html; charset=utf-8"; {{string.Join(' ', lines)}} try_files /page =404; }
                }
            }
            """);
        _process = Process.Start("nginx", ["-p", _directory, "-c", settings]);
    }

    public void Dispose()
    {
        // Its worker would outlive a master that is killed.
        using (var quit = Process.Start("nginx", ["-p", _directory, "-c", Path.Combine(_directory, "nginx.conf"), "-s", "stop"])) quit.WaitForExit();
        _process.WaitForExit(5000);
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
