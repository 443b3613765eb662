# The sessions of a Rails application, without Rails itself: a request to it, in which a visitor signs in or is known.
#   ruby session.rb REDIS_URL STORE [COOKIE]
# STORE is cache-store (Rails' own, over its cache), redis-store (the gem redis-actionpack) or signed-cookie (an application that keeps
# token:<token> itself, with the token in a signed cookie). Without COOKIE the visitor signs in as user 42: writes the Cookie header of the
# next request. With it, writes the user whom the application sees, or "nobody".
require "active_support"
require "active_support/cache"
require "active_support/cache/redis_cache_store"
require "active_support/key_generator"
require "active_support/messages/rotation_configuration"
require "action_dispatch"
require "action_dispatch/middleware/session/redis_store"
require "rack/mock"

url, store, cookie = ARGV

visit = lambda do |env|
  session = ActionDispatch::Request.new(env).session
  session["user_id"] = 42 unless cookie
  [200, {}, [(session["user_id"] || "nobody").to_s]]
end

visit_with_token = lambda do |env|
  (tokens, jar) = Redis.new(url: url), ActionDispatch::Request.new(env).cookie_jar
  unless cookie
    jar.signed[:token] = SecureRandom.urlsafe_base64(32)
    tokens.set("token:#{jar.signed[:token]}", 42, ex: 3600)
  end
  [200, {}, [tokens.get("token:#{jar.signed[:token]}") || "nobody"]]
end

application = case store
when "cache-store"
  cache = ActiveSupport::Cache::RedisCacheStore.new(url: url)
  ActionDispatch::Session::CacheStore.new(visit, cache: cache, key: "_app_session", expire_after: 3600)
when "redis-store"
  ActionDispatch::Session::RedisStore.new(visit, servers: ["#{url}/session"], key: "_app_session", expire_after: 3600)
when "signed-cookie" then visit_with_token
else abort "Unknown store #{store}"
end

secrets = ActiveSupport::CachingKeyGenerator.new(ActiveSupport::KeyGenerator.new("a secret of this test alone", iterations: 1))
jar = lambda do |env|
  env.merge!(
    "action_dispatch.key_generator" => secrets,
    "action_dispatch.secret_key_base" => "a secret of this test alone",
    "action_dispatch.signed_cookie_salt" => "signed cookie",
    "action_dispatch.encrypted_cookie_salt" => "encrypted cookie",
    "action_dispatch.encrypted_signed_cookie_salt" => "signed encrypted cookie",
    "action_dispatch.authenticated_encrypted_cookie_salt" => "authenticated encrypted cookie",
    "action_dispatch.cookies_serializer" => :json,
    "action_dispatch.use_cookies_with_metadata" => true,
    "action_dispatch.cookies_rotations" => ActiveSupport::Messages::RotationConfiguration.new)
  ActionDispatch::Cookies.new(application).call(env)
end
answer = Rack::MockRequest.new(jar).get("/", { "HTTP_COOKIE" => cookie }.compact)
puts cookie ? answer.body : answer["set-cookie"][/\A[^;]+/]
