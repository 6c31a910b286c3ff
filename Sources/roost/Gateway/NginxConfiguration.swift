/// The settings of nginx as the gateway of several processes: through it they look like one.
struct NginxConfiguration: Sendable {
  let routes: GatewayRoutes
  /// The largest request body, in bytes.
  let bodyLimit: Int

  var text: String {
    // The first that matches counts, so paths stand before the prefixes that they lie below.
    let paths = routes.entries.flatMap { entry in entry.paths.map { (entry.service, Self.expression(of: $0) + "$") } }
    let prefixes = routes.entries.filter { !$0.prefixes.isEmpty }.map { entry in
      (entry.service, "(" + entry.prefixes.map(Self.expression).joined(separator: "|") + ")(/|$)")
    }
    let locations = (paths + prefixes).map(location).joined(separator: "\n")
    return Self.head + "\n    client_max_body_size \(bodyLimit);\n" + Self.server + locations + Self.tail
  }

  private func location(_ service: String, _ expression: String) -> String {
    """
        location ~ "^\(expression)" {
          set $process \(service.replacing("_", with: "-"));
          proxy_pass http://$process:8080;
        }

    """
  }

  /// A path template as a regular expression.
  private static func expression(of path: String) -> String {
    path.split(separator: "/").map { $0.hasPrefix("{") ? "/[^/]+" : "/" + $0 }.joined()
  }

  private static let head = """
    # Written by `roost gateway` from the services' routes; `make gateway` writes it anew. A test holds it to them.
    worker_processes auto;
    pid /tmp/nginx.pid;
    error_log /dev/stderr warn;
    worker_shutdown_timeout 5s;

    events {
      worker_connections 4096;
    }

    http {
      server_tokens off;
      log_format line escape=json '{"time":"$time_iso8601","method":"$request_method","path":"$uri","status":$status,'
        '"duration":$request_time,"process":"$upstream_addr","correlation_id":"$sent_http_x_correlation_id"}';
      access_log /dev/stdout line;

      # All that is written lies in one folder, so that the rest can be read-only.
      client_body_temp_path /tmp/body;
      proxy_temp_path /tmp/proxy;
      fastcgi_temp_path /tmp/fastcgi;
      uwsgi_temp_path /tmp/uwsgi;
      scgi_temp_path /tmp/scgi;

      # Docker's own name server. Names are looked up anew each second: a process that comes back has another address.
      resolver 127.0.0.11 valid=1s ipv6=off;
      resolver_timeout 2s;

      # Sets $token, which the processes want of everybody.
      include /run/secrets/roost/gateway.conf;

      # As the processes have it themselves.
      large_client_header_buffers 4 16k;
      merge_slashes off;

      # Another name than this machine's own is a page that was made to point here.
      server {
        listen 8080 default_server;
        location / {
          default_type application/problem+json;
          return 421 '{"type":"about:blank","title":"Misdirected Request","status":421,"detail":"This server does not answer for that host name."}';
        }
      }

      server {
        listen 8080;
        server_name localhost 127.0.0.1 [::1] gateway;
    """

  private static let server = """

        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $http_host;
        proxy_set_header Authorization "Bearer $token";
        # What each process knows of its own services alone, it is to put together for all.
        proxy_set_header Roost-Scope platform;
        proxy_connect_timeout 2s;
        # Longer than a process gives a request, and than a stream of events is ever silent.
        proxy_read_timeout 60s;
        # A request that was not sent yet goes to another process that may answer it; one that may be repeated always.
        proxy_next_upstream error timeout;
        proxy_next_upstream_tries 3;

        error_page 400 408 @bad_request;
        error_page 413 @too_large;
        error_page 414 494 @long_header;
        error_page 405 @method;
        error_page 500 502 503 504 @unavailable;

        location = /health/live {
          default_type application/json;
          return 200 '{"status":"ok"}';
        }

        location = /openapi.json {
          default_type application/json;
          root /etc/nginx/roost;
        }

        location = /metrics {
          default_type application/problem+json;
          return 404 '{"type":"about:blank","title":"Not Found","status":404,"detail":"Each process has metrics of its own: ask them, not the gateway."}';
        }


    """

  private static let tail = """

        # What belongs to all services, and what nobody has: any process that is up answers.
        location / {
          set $process platform;
          proxy_pass http://$process:8080;
        }

        location @unavailable {
          internal;
          default_type application/problem+json;
          add_header Retry-After 1 always;
          return 503 '{"type":"part-unavailable","title":"A part of the platform does not answer","status":503,"detail":"The service that this belongs to is not there now; try again."}';
        }
        location @bad_request {
          internal;
          default_type application/problem+json;
          return 400 '{"type":"about:blank","title":"Bad Request","status":400,"detail":"The request is not HTTP as it should be."}';
        }
        location @too_large {
          internal;
          default_type application/problem+json;
          return 413 '{"type":"about:blank","title":"Content Too Large","status":413,"detail":"The body is larger than the limit."}';
        }
        location @long_header {
          internal;
          default_type application/problem+json;
          return 431 '{"type":"about:blank","title":"Request Header Fields Too Large","status":431,"detail":"The header fields are larger than 16384 bytes."}';
        }
        location @method {
          internal;
          default_type application/problem+json;
          add_header Allow "GET, HEAD" always;
          return 405 '{"type":"about:blank","title":"Method Not Allowed","status":405,"detail":"This can be read alone."}';
        }
      }
    }

    """
}
